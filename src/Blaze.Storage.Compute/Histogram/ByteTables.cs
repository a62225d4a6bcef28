using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>Counts bytes into eight tables, so that equal neighbours do not wait for each other's store.</summary>
internal sealed unsafe class ByteTables
{
    private const int Bins = ByteCounter.Bins;
    private const int Tables = 8;

    private readonly uint[] _storage = GC.AllocateArray<uint>(Tables * Bins, pinned: true);
    private readonly uint* _tables;
    private long _pending;

    public ByteTables() => _tables = (uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage));

    /// <summary>Counts the bytes; stretches that repeat go straight to <paramref name="counts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(byte* next, byte* end, Span<long> counts)
    {
        // A table's bin can hold what was added since the last flush, were it all one value.
        if (_pending + (end - next) > uint.MaxValue)
            MoveTo(counts);
        _pending += end - next;
        while (end - next >= WideBytes.Width + WideBytes.Period)
        {
            if (WideBytes.IsPeriodic(next))
            {
                var length = WideBytes.PeriodicLength(next, end);
                ByteCounter.AddPeriodic(next, length, counts);
                next += length;
            }
            else
            {
                next = AddBlock(next, _tables);
            }
        }

        for (; next < end; next++)
            _tables[(nuint)(*next)]++;
    }

    /// <summary>Adds what is in the tables to <paramref name="counts"/> and empties them.</summary>
    public void MoveTo(Span<long> counts)
    {
        if (_pending == 0)
            return;

        // What is pending fits 32 bits, so a bin's tables can be added up before they are widened.
        ref var first = ref MemoryMarshal.GetReference(counts);
        for (var i = 0; i < Bins; i += Vector<uint>.Count)
        {
            var sum = Vector.Load(_tables + i);
            for (var table = 1; table < Tables; table++)
                sum += Vector.Load(_tables + (table * Bins) + i);
            Vector.Widen(sum, out var low, out var high);
            (Vector.LoadUnsafe(ref first, (nuint)i) + low.As<ulong, long>()).StoreUnsafe(ref first, (nuint)i);
            var next = (nuint)(i + Vector<ulong>.Count);
            (Vector.LoadUnsafe(ref first, next) + high.As<ulong, long>()).StoreUnsafe(ref first, next);
        }

        Clear();
    }

    /// <summary>Empties the tables.</summary>
    public void Clear()
    {
        if (_pending > 0)
            Array.Clear(_storage);
        _pending = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* AddBlock(byte* next, uint* table)
    {
        uint* t0 = table, t1 = table + Bins, t2 = table + (2 * Bins), t3 = table + (3 * Bins);
        uint* t4 = table + (4 * Bins), t5 = table + (5 * Bins), t6 = table + (6 * Bins), t7 = table + (7 * Bins);
        for (var stop = next + WideBytes.Width; next < stop; next += 8)
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

        return next;
    }
}
