namespace Blaze.Storage.Core.Operations.Entropy;

/// <summary>
/// Shannon's entropy of a histogram: −Σ p·log2 p with p = count / total, in doubles, summed by ascending index and leaving out
/// empty bins, so that equal counts give equal bits. A histogram without counts has entropy 0.
/// </summary>
public static class ShannonEntropy
{
    /// <summary>The entropy in bits per counted item.</summary>
    public static double Of(ReadOnlySpan<long> counts)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                entropy -= Term(count, total);
        }

        return entropy;
    }

    /// <summary>What one bin takes off the entropy, p·log2 p ≤ 0, for 0 &lt; count ≤ total.</summary>
    public static double Term(long count, long total)
    {
        var share = (double)count / total;
        return share * Math.Log2(share);
    }
}
