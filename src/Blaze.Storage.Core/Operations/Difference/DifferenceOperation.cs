using System.Globalization;
using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.Operations.Difference;

/// <summary>
/// Compares two resources position by position. Positions past the end of the shorter one differ.
/// Stored as JSON, <c>{"rows":[{"start","end","differing","runs","last","ranges":[[from,to],…]},…]}</c>: start and end are the
/// chunk's, the other offsets count from the chunk's start (last −1 where nothing differs).
/// </summary>
public sealed record DifferenceOperation : Operation
{
    private const int LongestNumber = 19;
    private const int RowFrame = 64 + (5 * LongestNumber);

    /// <inheritdoc/>
    public override string Name => "DIFF";

    /// <inheritdoc/>
    public override string Token => Name;

    /// <inheritdoc/>
    public override int InputCount => 2;

    /// <inheritdoc/>
    public override ChunkValue Empty => new DifferenceValue(default, 0, 0, -1, []);

    /// <inheritdoc/>
    public override long ResultSize(long length)
    {
        var digits = length.ToString(CultureInfo.InvariantCulture).Length;
        return 16 + RowFrame + (Math.Min(DifferenceValue.MostRanges, (length + 1) / 2) * ((2 * digits) + 4));
    }

    /// <summary>
    /// Adds up the parts; a run that goes on across the boundary of two neighbouring parts counts once and is listed as one range.
    /// Parts with a gap between them are taken as they are, so that a partial answer can be merged too.
    /// </summary>
    public override ChunkValue Merge(IReadOnlyList<ChunkValue> parts)
    {
        var whole = default(ByteRange);
        long differing = 0, runs = 0, last = -1;
        var ranges = new List<ByteRange>();
        foreach (var part in parts.Cast<DifferenceValue>())
        {
            if (part.Range.IsEmpty)
                continue;
            var joins = part.Runs > 0 && last >= 0 && last + 1 == part.First;
            if (joins && runs <= DifferenceValue.MostRanges)
                ranges[^1] = new ByteRange(ranges[^1].Start, part.Ranges[0].End);
            var room = DifferenceValue.MostRanges - ranges.Count;
            ranges.AddRange(part.Ranges.Skip(joins ? 1 : 0).Take(room));
            differing += part.Differing;
            runs += part.Runs - (joins ? 1 : 0);
            last = part.Runs > 0 ? part.Last : last;
            whole = whole.IsEmpty ? part.Range : new ByteRange(whole.Start, part.Range.End);
        }

        return new DifferenceValue(whole, differing, runs, last, ranges);
    }

    /// <inheritdoc/>
    public override byte[] Encode(IReadOnlyList<ChunkValue> rows) => DifferenceJson.Write(rows);

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkValue> Decode(ReadOnlySpan<byte> encoded) => DifferenceJson.Read(encoded);
}
