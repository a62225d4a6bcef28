using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.Operations;

/// <summary>
/// A named, versioned, pure function over a chunk of one or two resources. A chunk owns the records that start in it and reads
/// up to <see cref="Halo"/> bytes past its end, so that any split of a range merges to the value of the whole.
/// </summary>
public abstract record Operation
{
    /// <summary>A block is cached when it is at least this many times as long as its encoded value.</summary>
    public const int CachedShare = 32;

    /// <summary>The operation's name, upper case, as the command line and the REST endpoint know it.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The first token of the operation's keys: the name, then the parameters that differ from their defaults, then the version
    /// where it is not 1, joined by <c>-</c>. Equal tokens mean equal results.
    /// </summary>
    public abstract string Token { get; }

    /// <summary>The number of resources read side by side, 1 or 2.</summary>
    public virtual int InputCount => 1;

    /// <summary>How many bytes past its end a chunk may need.</summary>
    public virtual int Halo => 0;

    /// <summary>The largest encoded size in bytes of the value of a chunk of <paramref name="length"/> bytes.</summary>
    public abstract long ResultSize(long length);

    /// <summary>
    /// The finest level of the grid this operation is cut and cached at: the first whose blocks are worth caching
    /// (<see cref="CachedShare"/>) and cut no record that the value lists one by one.
    /// </summary>
    public int FinestLevel
    {
        get
        {
            var level = 0;
            while (level < Grid.HighestLevel && !FitsGrid(Grid.SizeOf(level)))
                level++;
            return level;
        }
    }

    /// <summary>The value of a chunk without bytes: the identity of <see cref="Merge"/>.</summary>
    public abstract ChunkValue Empty { get; }

    /// <summary>
    /// The value of a range from the values of its parts. The parts are in the order of their bytes (for several resources, in
    /// the order the resources were named) and are folded from the left, which fixes the rounding of floating-point sums.
    /// </summary>
    public abstract ChunkValue Merge(IReadOnlyList<ChunkValue> parts);

    /// <summary>Writes the values of a block's children, in order, as one stored value; one row stands for itself.</summary>
    public abstract byte[] Encode(IReadOnlyList<ChunkValue> rows);

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a value of this operation.</exception>
    public abstract IReadOnlyList<ChunkValue> Decode(ReadOnlySpan<byte> encoded);

    /// <summary>Whether blocks of <paramref name="size"/> bytes may be the finest ones.</summary>
    protected virtual bool FitsGrid(long size) => size >= CachedShare * ResultSize(size);
}
