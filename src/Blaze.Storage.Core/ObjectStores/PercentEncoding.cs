using System.Buffers;
using System.Globalization;
using System.Text;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>Percent-encoding of path bytes in one canonical form: upper-case digits, and only what must be or could be read as a pattern.</summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()+,;=:@"u8);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            if (Plain.Contains(value))
                text.Append((char)value);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return text.ToString();
    }

    /// <summary>Reads encoded text; characters that needed no encoding, and those that did, stand for their UTF-8 bytes.</summary>
    /// <returns>False for a broken escape or half a surrogate pair.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        var buffer = new ArrayBufferWriter<byte>(text.Length + 16);
        while (!text.IsEmpty)
        {
            if (text[0] == '%')
            {
                if (text.Length < 3 || !byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                    return false;
                buffer.Write([value]);
                text = text[3..];
                continue;
            }

            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != OperationStatus.Done)
                return false;
            buffer.Advance(rune.EncodeToUtf8(buffer.GetSpan(4)));
            text = text[used..];
        }

        bytes = buffer.WrittenSpan.ToArray();
        return true;
    }
}
