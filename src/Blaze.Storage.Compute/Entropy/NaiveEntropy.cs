using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Compute.Entropy;

/// <summary>The entropy by its definition, for comparison.</summary>
public static class NaiveEntropy
{
    /// <summary>Counts the bytes of <paramref name="range"/> of a resource that is all in memory, and the entropy of each window.</summary>
    public static EntropyValue Of(long window, ReadOnlySpan<byte> resource, ByteRange range)
    {
        var profile = new List<double>();
        for (var start = range.Start / window * window; start < range.End; start += window)
            profile.Add(EntropyOf(Count(resource, Math.Max(start, range.Start), Math.Min(start + window, range.End))));
        return new EntropyValue(Count(resource, range.Start, range.End), [.. profile]);
    }

    private static long[] Count(ReadOnlySpan<byte> resource, long start, long end)
    {
        var counts = new long[256];
        for (var i = start; i < end; i++)
            counts[resource[(int)i]]++;
        return counts;
    }

    private static double EntropyOf(long[] counts)
    {
        var sum = 0.0;
        for (var i = 0; i < 256; i++)
        {
            var share = (double)counts[i] / counts.Sum();
            if (counts[i] > 0)
                sum += share * Math.Log2(share);
        }

        return 0 - sum;
    }
}
