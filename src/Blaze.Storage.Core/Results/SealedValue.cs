using System.Diagnostics;
using System.Globalization;
using System.Text;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Core.Results;

/// <summary>
/// A stored value and its seal: the body, then one line of fixed length, <c>\n{"crc32c":"xxxxxxxx"}\n</c>, with the CRC-32C
/// (Castagnoli, initial value and final complement as in RFC 3720) of the key's UTF-8 bytes followed by the body. The line
/// is after the body, so tools that read .npy still open the file, and text stays lines of JSON.
/// </summary>
public static class SealedValue
{
    /// <summary>The length of the seal in bytes.</summary>
    public const int SealLength = 23;

    private const int DigitsAt = 12;

    /// <summary>The body with its seal.</summary>
    public static byte[] Seal(string key, ReadOnlySpan<byte> body)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked(body.Length + SealLength));
        body.CopyTo(bytes);
        WriteSeal(key, body, bytes.AsSpan(body.Length));
        return bytes;
    }

    /// <summary>Takes the seal off; false where it is missing or does not belong to this key and body.</summary>
    public static bool TryUnseal(string key, ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (bytes.Length < SealLength)
            return false;
        var candidate = bytes[..^SealLength];
        if (!Fits(key, candidate.Span, bytes.Span[^SealLength..]))
            return false;
        body = candidate;
        return true;
    }

    /// <summary>Whether a seal belongs to this key and body.</summary>
    public static bool Fits(string key, ReadOnlySpan<byte> body, ReadOnlySpan<byte> seal)
    {
        Span<byte> expected = stackalloc byte[SealLength];
        WriteSeal(key, body, expected);
        return seal.SequenceEqual(expected);
    }

    /// <summary>Writes the seal of a body, for whoever has a place for both.</summary>
    /// <param name="key">What the body is stored as.</param>
    /// <param name="body">The body.</param>
    /// <param name="target">At least <see cref="SealLength"/> bytes.</param>
    public static void WriteSeal(string key, ReadOnlySpan<byte> body, Span<byte> target) =>
        WriteSeal(Crc32C.Append(Crc32C.Of(Encoding.UTF8.GetBytes(key)), body), target);

    /// <summary>Writes the seal of a key and a body whose checksum the caller knows.</summary>
    /// <param name="checksum">The CRC-32C of the key's UTF-8 bytes followed by the body.</param>
    /// <param name="target">Where to; at least <see cref="SealLength"/> bytes.</param>
    public static void WriteSeal(uint checksum, Span<byte> target)
    {
        "\n{\"crc32c\":\"00000000\"}\n"u8.CopyTo(target);
        var written = checksum.TryFormat(target.Slice(DigitsAt, 8), out _, "x8", CultureInfo.InvariantCulture);
        Debug.Assert(written, "Eight digits always fit.");
    }
}
