using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Core.Decomposition;

/// <summary>
/// What is known of one operation over one resource: the stored values, found again as blocks, as rows of the block above them,
/// or as a whole range asked before.
/// </summary>
public sealed class KnownBlocks
{
    private readonly int _finestLevel;
    private readonly HashSet<ByteRange> _ranges;
    private readonly HashSet<Block> _holdingSome = [];

    /// <summary>Indexes what is stored.</summary>
    /// <param name="operation">Sets the finest level that is stored.</param>
    /// <param name="stored">The ranges under whose names values are stored.</param>
    public KnownBlocks(Operation operation, IEnumerable<ByteRange> stored)
    {
        _finestLevel = operation.FinestLevel;
        _ranges = [.. stored];
        foreach (var range in _ranges)
        {
            if (Block.TryFrom(range, out var block))
                RememberAncestors(block);
        }
    }

    /// <summary>Where the value of <paramref name="range"/> is stored, or null where it is not.</summary>
    public StoredPart? Find(ByteRange range)
    {
        if (_ranges.Contains(range))
            return new StoredPart(range, null);
        if (!Block.TryFrom(range, out var block) || block.Level < _finestLevel || block.Level == Grid.HighestLevel)
            return null;
        return _ranges.Contains(block.Parent.Range) ? new StoredPart(block.Parent.Range, block.IndexInParent) : null;
    }

    /// <summary>Whether the value of some block strictly inside <paramref name="block"/> is stored.</summary>
    public bool HoldsPartOf(Block block) => _holdingSome.Contains(block);

    /// <summary>
    /// The blocks just above those that <see cref="Grid.Cover"/> puts at the two ends of a range: they start outside the range, so
    /// a search by start misses them, yet their rows may be what is needed.
    /// </summary>
    public static IEnumerable<ByteRange> BlocksAroundEnds(ByteRange range)
    {
        for (var level = 1; level <= Grid.HighestLevel; level++)
        {
            yield return Block.At(level, range.Start).Range;
            if (!range.IsEmpty && Block.At(level, range.End - 1) is var last && last != Block.At(level, range.Start))
                yield return last.Range;
        }
    }

    private void RememberAncestors(Block block)
    {
        while (block.Level < Grid.HighestLevel)
        {
            block = block.Parent;
            if (!_holdingSome.Add(block))
                return;
        }
    }
}
