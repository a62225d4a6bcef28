using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.Operations.Difference;

/// <summary>Where two resources differ, byte by byte, within a chunk. A run is a maximal stretch of differing positions.</summary>
public sealed class DifferenceValue : ChunkValue
{
    /// <summary>The most ranges that are listed.</summary>
    public const int MostRanges = 1000;

    /// <summary>Creates the value.</summary>
    /// <param name="range">The bytes the chunk owns.</param>
    /// <param name="differing">The number of differing positions.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="last">The last differing position, or −1.</param>
    /// <param name="ranges">The first runs, in order: all of them, or the first <see cref="MostRanges"/>.</param>
    public DifferenceValue(ByteRange range, long differing, long runs, long last, IReadOnlyList<ByteRange> ranges)
    {
        if (ranges.Count != Math.Min(runs, MostRanges))
            throw new ArgumentException($"Of {runs} runs, {ranges.Count} are listed.", nameof(ranges));
        Range = range;
        Differing = differing;
        Runs = runs;
        Last = last;
        Ranges = ranges;
    }

    /// <summary>The bytes the chunk owns.</summary>
    public ByteRange Range { get; }

    /// <summary>The number of differing positions; those past the end of the shorter resource differ.</summary>
    public long Differing { get; }

    /// <summary>The number of runs.</summary>
    public long Runs { get; }

    /// <summary>The offset of the first differing position, or −1.</summary>
    public long First => Ranges.Count == 0 ? -1 : Ranges[0].Start;

    /// <summary>The offset of the last differing position, or −1.</summary>
    public long Last { get; }

    /// <summary>The first runs, at most <see cref="MostRanges"/>, in order, as offsets from the start of the resources.</summary>
    public IReadOnlyList<ByteRange> Ranges { get; }
}
