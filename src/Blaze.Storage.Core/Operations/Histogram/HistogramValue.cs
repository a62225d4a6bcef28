using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Core.Operations.Histogram;

/// <summary>How often each n-gram of bytes starts in a chunk.</summary>
/// <param name="counts">256 counts for bytes, 65,536 for pairs of bytes; the pair's index is first · 256 + second. Not copied.</param>
public sealed class HistogramValue(long[] counts) : ChunkValue
{
    /// <summary>The count of each n-gram, by index.</summary>
    public long[] Counts { get; } = counts;

    /// <summary>The number of n-grams.</summary>
    public long Total { get; } = counts.Sum();

    /// <summary>Shannon's entropy in bits per n-gram, 0 … 8n; see <see cref="ShannonEntropy"/> for the formula.</summary>
    public double Entropy => ShannonEntropy.Of(Counts);
}
