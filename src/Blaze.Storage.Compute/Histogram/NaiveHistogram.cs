using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>The histogram by its definition, for comparison.</summary>
public static class NaiveHistogram
{
    /// <summary>Counts the n-grams (n = 1 or 2) that start in <paramref name="range"/> of a resource that is all in memory.</summary>
    public static HistogramValue Of(int n, ReadOnlySpan<byte> resource, ByteRange range)
    {
        var counts = new long[n == 1 ? 256 : 65536];
        for (var i = (int)range.Start; i < range.End && i + n <= resource.Length; i++)
            counts[n == 1 ? resource[i] : (resource[i] * 256) + resource[i + 1]]++;
        return new HistogramValue(counts);
    }
}
