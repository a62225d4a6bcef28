namespace Blaze.Storage.Core.Chunks;

/// <summary>
/// The fixed grid every resource is cut by: blocks of 64 KiB · 16^level, aligned to their size from the start of the
/// resource. It depends neither on the question nor on the cluster, so that different questions meet in the same blocks.
/// </summary>
public static class Grid
{
    /// <summary>The number of children of a block.</summary>
    public const int FanOut = 16;

    /// <summary>The highest level; a block there is 2^60 bytes.</summary>
    public const int HighestLevel = 11;

    /// <summary>The size of the finest block, level 0, in bytes.</summary>
    public const long FinestSize = 64 * 1024;

    /// <summary>The size in bytes of a block of <paramref name="level"/> (0 … <see cref="HighestLevel"/>).</summary>
    public static long SizeOf(int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, HighestLevel);
        return FinestSize << (4 * level);
    }

    /// <summary>
    /// Covers <paramref name="range"/> exactly, in order and without overlap, by the largest aligned blocks inside it, finer
    /// blocks towards its two ends down to <paramref name="finestLevel"/>, and at most two ragged pieces smaller than the
    /// finest block; no piece crosses a boundary of the finest grid but by being one of its blocks.
    /// </summary>
    public static IReadOnlyList<Piece> Cover(ByteRange range, int finestLevel = 0)
    {
        var finest = SizeOf(finestLevel);
        var pieces = new List<Piece>();
        var position = range.Start;
        while (position < range.End)
        {
            var level = LargestBlockAt(position, range.End, finestLevel);
            var end = level >= 0 ? position + SizeOf(level) : RaggedEnd(position, range.End, finest);
            pieces.Add(new Piece(new ByteRange(position, end), level));
            position = end;
        }

        return pieces;
    }

    private static int LargestBlockAt(long position, long end, int finestLevel)
    {
        var found = Piece.Ragged;
        for (var level = finestLevel; level <= HighestLevel; level++)
        {
            var size = SizeOf(level);
            if ((position & (size - 1)) != 0 || end - position < size)
                break;
            found = level;
        }

        return found;
    }

    // A ragged head stops at the next boundary of the finest grid, unless the range ends before a block could follow.
    private static long RaggedEnd(long position, long end, long finest)
    {
        var boundary = (position & -finest) + finest;
        return boundary < end ? boundary : end;
    }
}
