namespace Blaze.Storage.Core.Operations.Entropy;

/// <summary>The bytes of a chunk counted, and the entropy of each window of it.</summary>
/// <param name="counts">256 counts. Not copied.</param>
/// <param name="profile">Shannon's entropy in bits per byte of each window the chunk touches, in the order of the bytes. Not copied.</param>
public sealed class EntropyValue(long[] counts, double[] profile) : ChunkValue
{
    /// <summary>The count of each byte, by value.</summary>
    public long[] Counts { get; } = counts;

    /// <summary>Bits per byte, 0 … 8, of each window; the first and last may be clipped by the chunk's ends.</summary>
    public double[] Profile { get; } = profile;

    /// <summary>The number of bytes.</summary>
    public long Total { get; } = counts.Sum();

    /// <summary>Shannon's entropy of the whole chunk in bits per byte.</summary>
    public double Entropy => ShannonEntropy.Of(Counts);
}
