using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>
/// The histogram of overlapping pairs of bytes. Pairs are counted as they lie in memory, first byte lowest, and put in order
/// at the end of the chunk; stretches that repeat with a period of up to 8 bytes are counted 64 at a time.
/// </summary>
internal sealed unsafe class PairHistogramKernel : ChunkKernel
{
    private const int Bins = 65536;

    private readonly uint[] _storage = GC.AllocateArray<uint>(Bins, pinned: true);
    private readonly uint* _table;
    private readonly long[] _flushed = new long[Bins];
    private long _pending;

    public PairHistogramKernel(HistogramOperation operation)
        : base(operation) => _table = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage));

    private protected override void OnBegin()
    {
        Array.Clear(_storage);
        Array.Clear(_flushed);
        _pending = 0;
    }

    private protected override void OnAdd(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int owned)
    {
        RequireOwned(first, owned);
        var pairs = Math.Min(owned, first.Length - 1);
        if (pairs <= 0)
            return;
        if (_pending + pairs > uint.MaxValue)
            Flush();
        _pending += pairs;
        fixed (byte* start = first)
            Count(start, start + pairs);
    }

    private protected override ChunkValue OnEnd()
    {
        Flush();
        var counts = new long[Bins];
        for (var pair = 0; pair < Bins; pair++)
            counts[pair] = _flushed[((pair & 0xff) << 8) | (pair >> 8)];
        return new HistogramValue(counts);
    }

    // One byte behind the last pair's first one is readable.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(byte* next, byte* end)
    {
        var table = _table;
        while (end - next >= WideBytes.Width + WideBytes.Period)
        {
            if (WideBytes.IsPeriodic(next))
                next = AddPeriodic(next, end);
            else
                next = AddBlock(next, table);
        }

        for (; next < end; next++)
            table[(nuint)Pair(next)]++;
    }

    private byte* AddPeriodic(byte* next, byte* end)
    {
        var length = Math.Min(WideBytes.PeriodicLength(next, end + 1), end - next);
        for (var i = 0; i < WideBytes.Period; i++)
            _flushed[Pair(next + i)] += (length - i + WideBytes.Period - 1) / WideBytes.Period;
        return next + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* AddBlock(byte* next, uint* table)
    {
        for (var stop = next + WideBytes.Width; next < stop; next += 8)
        {
            table[(nuint)Pair(next)]++;
            table[(nuint)Pair(next + 1)]++;
            table[(nuint)Pair(next + 2)]++;
            table[(nuint)Pair(next + 3)]++;
            table[(nuint)Pair(next + 4)]++;
            table[(nuint)Pair(next + 5)]++;
            table[(nuint)Pair(next + 6)]++;
            table[(nuint)Pair(next + 7)]++;
        }

        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Pair(byte* bytes) => BitConverter.IsLittleEndian
        ? Unsafe.ReadUnaligned<ushort>(bytes)
        : (ushort)(bytes[0] | (bytes[1] << 8));

    private void Flush()
    {
        for (var i = 0; i < Bins; i++)
            _flushed[i] += _storage[i];
        Array.Clear(_storage);
        _pending = 0;
    }
}
