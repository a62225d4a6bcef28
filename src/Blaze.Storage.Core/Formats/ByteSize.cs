using System.Globalization;

namespace Blaze.Storage.Core.Formats;

/// <summary>Numbers of bytes as people write them: decimal digits, optionally with Ki, Mi, Gi or Ti behind (powers of 1,024).</summary>
public static class ByteSize
{
    private static readonly (string Suffix, int Shift)[] Suffixes = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40)];

    /// <summary>Reads a size; false for a sign, a fraction, an unknown suffix or more than 2^63 − 1 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long bytes)
    {
        var shift = 0;
        foreach (var (suffix, bits) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                shift = bits;
                text = text[..^suffix.Length];
                break;
            }
        }

        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue >> shift;
        bytes = valid ? count << shift : 0;
        return valid;
    }
}
