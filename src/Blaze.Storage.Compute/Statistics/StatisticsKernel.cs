using System.Numerics;
using System.Runtime.Intrinsics;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>
/// The moments of typed elements, merged in the order <see cref="StatisticsOperation"/> fixes: runs to cells of 64 KiB, then
/// sixteen by sixteen up to the chunk.
/// </summary>
internal abstract class StatisticsKernel : ChunkKernel
{
    private readonly bool _isInteger;
    private readonly Moments[] _merged = new Moments[Grid.HighestLevel + 1];
    private readonly int[] _children = new int[Grid.HighestLevel + 1];
    private int _level;

    private protected StatisticsKernel(StatisticsOperation operation)
        : base(operation) => _isInteger = operation.Type.IsInteger;

    /// <summary>Creates the kernel of the operation's type for this processor's vectors.</summary>
    public static StatisticsKernel Create(StatisticsOperation operation) =>
        Vector512.IsHardwareAccelerated ? Create<Lanes512>(operation) : Create<Lanes256>(operation);

    /// <summary>Creates the kernel of the operation's type for vectors of a given width.</summary>
    public static StatisticsKernel Create<TLanes>(StatisticsOperation operation)
        where TLanes : struct, ILanes<TLanes> => (operation.Type.Kind, operation.Type.Size) switch
        {
            (ElementKind.UnsignedInteger, 1) => new StatisticsKernel<byte, TLanes>(operation),
            (ElementKind.UnsignedInteger, 2) => new StatisticsKernel<ushort, TLanes>(operation),
            (ElementKind.UnsignedInteger, 4) => new StatisticsKernel<uint, TLanes>(operation),
            (ElementKind.UnsignedInteger, _) => new StatisticsKernel<ulong, TLanes>(operation),
            (ElementKind.SignedInteger, 1) => new StatisticsKernel<sbyte, TLanes>(operation),
            (ElementKind.SignedInteger, 2) => new StatisticsKernel<short, TLanes>(operation),
            (ElementKind.SignedInteger, 4) => new StatisticsKernel<int, TLanes>(operation),
            (ElementKind.SignedInteger, _) => new StatisticsKernel<long, TLanes>(operation),
            (_, 4) => new StatisticsKernel<float, TLanes>(operation),
            _ => new StatisticsKernel<double, TLanes>(operation),
        };

    /// <exception cref="ArgumentException">The chunk is neither a block nor within one cell, so no merge order is fixed for it.</exception>
    private protected override void OnBegin()
    {
        _level = Block.TryFrom(Row, out var block) ? block.Level : 0;
        if (_level == 0 && !Row.IsEmpty && Row.Start / Grid.FinestSize != (Row.End - 1) / Grid.FinestSize)
            throw new ArgumentException($"The chunk {Row} is neither a block of the grid nor within one of 64 KiB.");
        Array.Clear(_children);
        Array.Fill(_merged, Moments.Empty(_isInteger));
    }

    private protected override void OnAdd(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned)
    {
        RequireOwned(first, owned);
        for (var done = 0; done < owned;)
        {
            var position = Position + done;
            var length = (int)Math.Min(owned - done, Grid.FinestSize - (position % Grid.FinestSize));
            AddCell(GatherCell(first[done..], length, position));
            done += length;
        }
    }

    private protected override ChunkValue OnEnd() => new StatisticsValue(_merged[_level]);

    /// <summary>The moments of the elements that start in the first <paramref name="owned"/> bytes, which lie in one cell.</summary>
    private protected abstract Moments GatherCell(ReadOnlySpan<byte> bytes, int owned, long position);

    private void AddCell(in Moments cell)
    {
        if (_level == 0)
        {
            _merged[0] = cell;
            return;
        }

        var level = 1;
        Fold(level, cell);
        for (; level < _level && _children[level] == Grid.FanOut; level++)
        {
            Fold(level + 1, _merged[level]);
            _merged[level] = Moments.Empty(_isInteger);
            _children[level] = 0;
        }
    }

    private void Fold(int level, in Moments child)
    {
        _merged[level] = Moments.Merge(_merged[level], child);
        _children[level]++;
    }
}

/// <summary>The statistics of one type of element with one width of vectors.</summary>
internal sealed class StatisticsKernel<T, TLanes> : StatisticsKernel
    where T : unmanaged, INumber<T>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _size;
    private readonly int _phase;
    private readonly byte[]? _swapped;

    public StatisticsKernel(StatisticsOperation operation)
        : base(operation)
    {
        _size = operation.Type.Size;
        _phase = operation.Phase;
        if (_size > 1 && operation.Type.IsBigEndian == BitConverter.IsLittleEndian)
            _swapped = new byte[ElementRun<T, TLanes>.Longest * _size];
    }

    private protected override Moments GatherCell(ReadOnlySpan<byte> bytes, int owned, long position)
    {
        // Sizes are powers of two, so this is the distance to the next offset that is the phase modulo the size.
        var skip = (int)((_phase - position) & (_size - 1));
        var starting = Math.Max(0, (owned - skip + _size - 1) / _size);
        var whole = Math.Max(0, (bytes.Length - skip) / _size);
        var rest = bytes.Slice(Math.Min(skip, bytes.Length), Math.Min(starting, whole) * _size);
        var merged = Moments.Empty(isInteger: typeof(T) != typeof(double) && typeof(T) != typeof(float));
        if (WideBytes.AreZero(rest))
            return merged with { Count = rest.Length / _size };
        while (!rest.IsEmpty)
        {
            var run = rest[..Math.Min(rest.Length, ElementRun<T, TLanes>.Longest * _size)];
            merged = Moments.Merge(merged, ElementRun<T, TLanes>.Of(_swapped is null ? run : ByteOrder.Swap(run, _swapped, _size)));
            rest = rest[run.Length..];
        }

        return merged;
    }
}
