using System.Globalization;
using Blaze.Storage.Core.DataShapes;

namespace Blaze.Storage.Core.Operations.Statistics;

/// <summary>
/// Count, sum, extremes, mean and variance of typed elements, which lie at the offsets ≡ <see cref="Phase"/> modulo their size.
/// A chunk owns the elements that start in it; an element the resource ends inside of is left out.
/// <para>
/// The order of every floating-point operation is fixed, so any number of workers gives the same bits. Elements are gathered in
/// runs of 4,096 from the chunk's first one (see the kernel), the runs of a cell of 64 KiB are merged from the left, and the value
/// of a block is the merge, from the left, of its 16 children. A ragged chunk never crosses a boundary of cells and is one cell.
/// </para>
/// Stored as a .npy array of records: count, nan, sum (for integers sum_low and sum_high, the halves of a 128-bit integer), min,
/// max (0 where count is 0), mean and m2; all fields are little-endian and take 8 bytes.
/// </summary>
public sealed record StatisticsOperation : Operation
{
    /// <summary>Creates the operation.</summary>
    /// <param name="type">The type of the elements.</param>
    /// <param name="phase">Where elements start: an offset in bytes, 0 … size − 1, as the data of a .npy file may need it.</param>
    /// <exception cref="BlazeException">The phase is out of range.</exception>
    public StatisticsOperation(ElementType type, int phase = 0)
    {
        if (type.Size == 0)
            throw new BlazeException("The statistics need a dtype: use one of u1 u2 u4 u8 i1 i2 i4 i8 f4 f8, with '>' in front for big-endian.");
        if (phase < 0 || phase >= type.Size)
            throw new BlazeException($"A phase of {phase} is not possible for elements of {type.Size} bytes: use 0 to {type.Size - 1}.");
        Type = type;
        Phase = phase;
    }

    /// <summary>The type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>Elements start at the offsets ≡ this modulo their size, in bytes.</summary>
    public int Phase { get; }

    /// <inheritdoc/>
    public override string Name => "STAT";

    /// <inheritdoc/>
    public override string Token => string.Create(CultureInfo.InvariantCulture, $"{Name}-{Type.Token}{(Phase == 0 ? "" : $"-p{Phase}")}");

    /// <summary>Without a phase no element crosses a boundary of the grid, so only ranges that end inside an element would need a halo; theirs is left out.</summary>
    public override int Halo => Phase == 0 ? 0 : Type.Size - 1;

    /// <inheritdoc/>
    public override ChunkValue Empty => new StatisticsValue(Moments.Empty(Type.IsInteger));

    /// <inheritdoc/>
    public override long ResultSize(long length) => StatisticsRecords.LongestRow;

    /// <inheritdoc/>
    public override ChunkValue Merge(IReadOnlyList<ChunkValue> parts)
    {
        var merged = Moments.Empty(Type.IsInteger);
        foreach (var part in parts)
            merged = Moments.Merge(merged, ((StatisticsValue)part).Moments);
        return new StatisticsValue(merged);
    }

    /// <inheritdoc/>
    public override byte[] Encode(IReadOnlyList<ChunkValue> rows) => StatisticsRecords.Write(Type.Kind, rows);

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkValue> Decode(ReadOnlySpan<byte> encoded) => StatisticsRecords.Read(Type.Kind, encoded);
}
