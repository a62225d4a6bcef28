using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>
/// Counts bytes into eight tables, so that equal neighbours do not wait for each other's store, and takes 64 equal bytes at once.
/// </summary>
internal sealed unsafe class ByteCounter
{
    /// <summary>The number of bins.</summary>
    public const int Bins = 256;

    private const int Tables = 8;

    private readonly uint[] _storage = GC.AllocateArray<uint>(Tables * Bins, pinned: true);
    private readonly uint* _tables;
    private readonly long[] _flushed = new long[Bins];
    private long _pending;

    public ByteCounter() => _tables = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage));

    /// <summary>Counts all of <paramref name="bytes"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        // A table's bin can hold what was added since the last flush, were it all one value.
        if (_pending + bytes.Length > uint.MaxValue)
            Flush();
        _pending += bytes.Length;
        fixed (byte* start = bytes)
            Count(start, start + bytes.Length, _tables);
    }

    /// <summary>Adds the counts to <paramref name="counts"/> and forgets them.</summary>
    public void MoveTo(Span<long> counts)
    {
        Flush();
        for (var i = 0; i < Bins; i++)
            counts[i] += _flushed[i];
        Array.Clear(_flushed);
    }

    /// <summary>Forgets what was counted.</summary>
    public void Clear()
    {
        Array.Clear(_storage);
        Array.Clear(_flushed);
        _pending = 0;
    }

    private static void Count(byte* next, byte* end, uint* table)
    {
        uint* t0 = table, t1 = table + Bins, t2 = table + (2 * Bins), t3 = table + (3 * Bins);
        uint* t4 = table + (4 * Bins), t5 = table + (5 * Bins), t6 = table + (6 * Bins), t7 = table + (7 * Bins);
        while (end - next > EqualBytes.Width)
        {
            // 64 bytes that equal their right neighbours are one value, and so is the byte behind them.
            if (EqualBytes.MayBeOneValue(next) && EqualBytes.Same(next, next + 1))
            {
                next = CountRun(next, end, t0);
                continue;
            }

            for (var stop = next + EqualBytes.Width; next < stop; next += 8)
            {
                t0[(nuint)next[0]]++;
                t1[(nuint)next[1]]++;
                t2[(nuint)next[2]]++;
                t3[(nuint)next[3]]++;
                t4[(nuint)next[4]]++;
                t5[(nuint)next[5]]++;
                t6[(nuint)next[6]]++;
                t7[(nuint)next[7]]++;
            }
        }

        for (; next < end; next++)
            t0[(nuint)(*next)]++;
    }

    private static byte* CountRun(byte* next, byte* end, uint* table)
    {
        var start = next;
        do
            next += EqualBytes.Width;
        while (end - next > EqualBytes.Width && EqualBytes.Same(next, next + 1));
        table[*start] += (uint)(next - start);
        return next;
    }

    // What is pending fits 32 bits, so a bin's tables can be added up before they are widened.
    private void Flush()
    {
        ref var flushed = ref MemoryMarshal.GetArrayDataReference(_flushed);
        for (var i = 0; i < Bins; i += Vector<uint>.Count)
        {
            var sum = Vector.Load(_tables + i);
            for (var table = 1; table < Tables; table++)
                sum += Vector.Load(_tables + (table * Bins) + i);
            Vector.Widen(sum, out var low, out var high);
            (Vector.LoadUnsafe(ref flushed, (nuint)i) + low.As<ulong, long>()).StoreUnsafe(ref flushed, (nuint)i);
            var next = (nuint)(i + Vector<ulong>.Count);
            (Vector.LoadUnsafe(ref flushed, next) + high.As<ulong, long>()).StoreUnsafe(ref flushed, next);
        }

        Array.Clear(_storage);
        _pending = 0;
    }
}
