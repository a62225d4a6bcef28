using System.Buffers.Binary;

namespace Blaze.Storage.Transfer;

/// <summary>
/// The checksum of a whole value in HTTP: <c>Repr-Digest: crc32c=:&lt;base64 of the four bytes, most significant first&gt;:</c>, as RFC 9530
/// has it, also beside a part; and as the entity tag.
/// </summary>
public static class Digest
{
    public const string HeaderName = "Repr-Digest";
    private const string Start = "crc32c=:";

    public static string HeaderOf(uint checksum)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, checksum);
        return $"{Start}{Convert.ToBase64String(bytes)}:";
    }

    /// <summary>The entity tag of a value; two that are equal are the same bytes in the same format.</summary>
    public static string EntityTagOf(string format, long length, uint checksum) => $"\"{format}-{length}-{checksum:x8}\"";

    /// <summary>Finds the checksum among the digests of a header; null where there is none.</summary>
    public static uint? Read(string? header)
    {
        foreach (var part in (header ?? "").Split(','))
        {
            var digest = part.Trim();
            var bytes = new byte[2 * sizeof(uint)];
            if (digest.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
                && digest.EndsWith(':')
                && digest.Length > Start.Length
                && Convert.TryFromBase64String(digest[Start.Length..^1], bytes, out var length)
                && length == sizeof(uint))
                return BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        return null;
    }
}
