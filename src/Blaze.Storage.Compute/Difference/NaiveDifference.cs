using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Difference;

namespace Blaze.Storage.Compute.Difference;

/// <summary>The difference by its definition, for comparison.</summary>
public static class NaiveDifference
{
    /// <summary>Compares <paramref name="range"/> of two resources that are all in memory.</summary>
    public static DifferenceValue Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ByteRange range)
    {
        var runs = new List<ByteRange>();
        var differing = 0L;
        for (var i = range.Start; i < range.End; i++)
        {
            if (i < first.Length && i < second.Length && first[(int)i] == second[(int)i])
                continue;
            differing++;
            if (runs.Count > 0 && runs[^1].End == i)
                runs[^1] = new ByteRange(runs[^1].Start, i + 1);
            else
                runs.Add(new ByteRange(i, i + 1));
        }

        var last = runs.Count == 0 ? -1 : runs[^1].End - 1;
        return new DifferenceValue(range, differing, runs.Count, last, [.. runs.Take(DifferenceValue.MostRanges)]);
    }
}
