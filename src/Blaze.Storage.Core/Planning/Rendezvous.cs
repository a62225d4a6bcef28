using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;

namespace Blaze.Storage.Core.Planning;

/// <summary>
/// Gives bytes that lie nowhere in particular a host to meet at, so that what one question read is found there by the next: rendezvous
/// hashing (Thaler and Ravishankar, 1998) with weights (Schindelhauer and Schomaker, 2005). Each host gets its share by its slots, and
/// when a host comes or goes only its own share moves.
/// </summary>
/// <remarks>
/// The host with the largest −slots / ln u is chosen, u being mix(host xor bytes) as a fraction in (0, 1). <c>host</c> is the first 8
/// bytes of the SHA-256 of its name, big-endian; <c>bytes</c> is mix(the first 16 hexadecimal digits of the resource's hash + the number
/// of the block of 16 MiB · 0x9E3779B97F4A7C15); mix is the finishing step of SplitMix64.
/// </remarks>
public static class Rendezvous
{
    private const int MeetingLevel = 2;
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The host where bytes of a resource meet; all bytes of an aligned block of 16 MiB meet at the same one.</summary>
    /// <param name="resource">The version of the resource.</param>
    /// <param name="start">The first of the bytes.</param>
    /// <param name="hosts">The hosts there are; at least one.</param>
    public static string Choose(ResourceHash resource, long start, IReadOnlyList<LiveHost> hosts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hosts.Count);
        var identity = ulong.Parse(resource.ToString().AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var place = Mix(identity + ((ulong)Block.At(MeetingLevel, start).Index * Golden));
        return hosts.MaxBy(host => (ScoreOf(host, place), host.Name))!.Name;
    }

    private static double ScoreOf(LiveHost host, ulong place)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(host.Name), digest);
        // The highest 53 bits, in the middle of their interval, so that neither 0 nor 1 comes out.
        var fraction = ((Mix(place ^ BinaryPrimitives.ReadUInt64BigEndian(digest)) >> 11) + 0.5) * (1.0 / (1L << 53));
        return -host.Slots / Math.Log(fraction);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
