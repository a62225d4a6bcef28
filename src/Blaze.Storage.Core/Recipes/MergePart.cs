using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;

namespace Blaze.Storage.Core.Recipes;

/// <summary>One of the values a merge reads: a range of one of its extents, or the value of another merge.</summary>
/// <param name="Extent">The number of the extent among the recipe's, for a range.</param>
/// <param name="Start">The range's first byte.</param>
/// <param name="End">The range's end, exclusive.</param>
/// <param name="In">Where the value is a row of a larger block's: that block's first byte and end.</param>
/// <param name="Row">The number of the row.</param>
/// <param name="Key">The key, for the value of another merge.</param>
public sealed record MergePart(int Extent, long Start, long End, long[]? In = null, int? Row = null, string? Key = null)
{
    /// <summary>The part for a range of extent number <paramref name="extent"/>, stored under its own name or elsewhere.</summary>
    public static MergePart Of(int extent, ByteRange range, StoredPart? stored = null) =>
        stored is { Row: { } row, Range: var block }
            ? new MergePart(extent, range.Start, range.End, [block.Start, block.End], row)
            : new MergePart(extent, range.Start, range.End);

    /// <summary>The range under whose name the part's value is stored; meaningless for a part that names another merge.</summary>
    public ByteRange StoredRange() => In is [var start, var end] ? new ByteRange(start, end) : new ByteRange(Start, End);

    /// <summary>The key under which the part's value is stored.</summary>
    public string StoredKey(IReadOnlyList<Extent> extents) =>
        Key ?? extents[Extent].Over(StoredRange()).Key.ToString();
}
