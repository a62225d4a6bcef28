namespace Blaze.Storage.Core.Chunks;

/// <summary>One block of the <see cref="Grid"/>.</summary>
/// <param name="Level">0 … <see cref="Grid.HighestLevel"/>.</param>
/// <param name="Index">The block's number among those of its level, from the start of the resource.</param>
public readonly record struct Block(int Level, long Index)
{
    /// <summary>The bytes of the block.</summary>
    public ByteRange Range
    {
        get
        {
            var size = Grid.SizeOf(Level);
            return new ByteRange(Index * size, (Index + 1) * size);
        }
    }

    /// <summary>The block one level up that holds this one.</summary>
    public Block Parent => new(Level + 1, Index / Grid.FanOut);

    /// <summary>Which of its parent's children this block is, 0 … 15.</summary>
    public int IndexInParent => (int)(Index % Grid.FanOut);

    /// <summary>The child with number <paramref name="index"/> (0 … 15), one level down.</summary>
    public Block Child(int index) => new(Level - 1, (Index * Grid.FanOut) + index);

    /// <summary>The block of <paramref name="level"/> that holds the byte at <paramref name="offset"/>.</summary>
    public static Block At(int level, long offset) => new(level, offset / Grid.SizeOf(level));

    /// <summary>Finds the block with exactly this range; false where the range is no block of the grid.</summary>
    public static bool TryFrom(ByteRange range, out Block block)
    {
        for (var level = 0; level <= Grid.HighestLevel; level++)
        {
            if (range.Length != Grid.SizeOf(level))
                continue;
            block = At(level, range.Start);
            return block.Range == range;
        }

        block = default;
        return false;
    }
}
