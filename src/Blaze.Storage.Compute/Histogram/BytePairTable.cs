using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Blaze.Storage.Compute.Histogram;

/// <summary>
/// Counts bytes two at a time in one table of 65,536 16-bit counts, which takes half the stores; the sums of its rows and columns
/// are the bytes' counts. The store is what limits counting, so this beats more tables wherever the sums, a microsecond or two,
/// are small against the bytes.
/// </summary>
internal sealed unsafe class BytePairTable
{
    /// <summary>The most bytes between two sums: a count stays below 2^16 even if all pairs are equal.</summary>
    public const int LongestSection = (2 * ushort.MaxValue) & -WideBytes.Width;

    private const int Bins = ByteCounter.Bins;

    private readonly ushort[] _storage = GC.AllocateArray<ushort>((Bins * Bins) + (WideBytes.Width / sizeof(ushort)), pinned: true);
    private readonly ushort* _table;

    public BytePairTable()
    {
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_storage));
        _table = (ushort*)((start + WideBytes.Width - 1) & ~(nuint)(WideBytes.Width - 1));
    }

    /// <summary>Counts at most <see cref="LongestSection"/> bytes into <paramref name="counts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(byte* next, byte* end, Span<long> counts)
    {
        var isTouched = false;
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
                isTouched = true;
                next = AddBlock(next, _table);
            }
        }

        for (; next < end; next++)
            counts[*next]++;
        if (isTouched)
            MoveTo(counts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* AddBlock(byte* next, ushort* table)
    {
        for (var stop = next + WideBytes.Width; next < stop; next += 16)
        {
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 2)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 4)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 6)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 8)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 10)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 12)]++;
            table[(nuint)Unsafe.ReadUnaligned<ushort>(next + 14)]++;
        }

        return next;
    }

    // Which of the two bytes is the row does not matter: both are counted. No sum of a section passes 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveTo(Span<long> counts)
    {
        const int Step = 32;
        Vector512<ushort> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        var row = _table;
        for (var i = 0; i < Bins; i++, row += Bins)
        {
            var (v0, v1, v2, v3) = (Vector512.Load(row), Vector512.Load(row + Step), Vector512.Load(row + (2 * Step)), Vector512.Load(row + (3 * Step)));
            var (v4, v5, v6, v7) = (Vector512.Load(row + (4 * Step)), Vector512.Load(row + (5 * Step)), Vector512.Load(row + (6 * Step)), Vector512.Load(row + (7 * Step)));
            c0 += v0;
            c1 += v1;
            c2 += v2;
            c3 += v3;
            c4 += v4;
            c5 += v5;
            c6 += v6;
            c7 += v7;
            var words = ((v0 + v1) + (v2 + v3) + ((v4 + v5) + (v6 + v7))).AsUInt32();
            counts[i] += Vector512.Sum((words & Vector512.Create(0xffffu)) + (words >> 16));
            new Span<ushort>(row, Bins).Clear();
        }

        AddColumns(counts, 0, c0);
        AddColumns(counts, Step, c1);
        AddColumns(counts, 2 * Step, c2);
        AddColumns(counts, 3 * Step, c3);
        AddColumns(counts, 4 * Step, c4);
        AddColumns(counts, 5 * Step, c5);
        AddColumns(counts, 6 * Step, c6);
        AddColumns(counts, 7 * Step, c7);
    }

    private static void AddColumns(Span<long> counts, int first, Vector512<ushort> sums)
    {
        for (var i = 0; i < Vector512<ushort>.Count; i++)
            counts[first + i] += sums[i];
    }
}
