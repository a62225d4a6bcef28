using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>Exact sum and extremes of 64-bit integers, whose sum needs more bits than a lane has: the halves are added apart.</summary>
internal static class WideIntegers
{
    private const int Half = 32;

    /// <summary>Count, sum and extremes of a run, at most 2^31 elements; M2 is left 0.</summary>
    public static Moments Gather<T>(ReadOnlySpan<byte> elements)
        where T : unmanaged, INumber<T>
    {
        var all = MemoryMarshal.Cast<byte, T>(elements);
        if (all.IsEmpty)
            return Moments.Empty(isInteger: true);
        var (low, high) = (Vector<T>.Zero, Vector<T>.Zero);
        var (smallest, largest) = (new Vector<T>(all[0]), new Vector<T>(all[0]));
        var lowHalf = new Vector<T>(T.CreateTruncating(uint.MaxValue));
        var done = 0;
        for (; all.Length - done >= Vector<T>.Count; done += Vector<T>.Count)
        {
            var x = Unsafe.ReadUnaligned<Vector<T>>(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in all[done])));
            low += x & lowHalf;
            high += x >> Half;
            smallest = Vector.Min(x, smallest);
            largest = Vector.Max(x, largest);
        }

        var sum = (Int128.CreateTruncating(Vector.Sum(high)) << Half) + Int128.CreateTruncating(Vector.Sum(low));
        var (min, max) = (all[0], all[0]);
        for (var i = 0; i < Vector<T>.Count; i++)
            (min, max) = (T.Min(min, smallest[i]), T.Max(max, largest[i]));
        foreach (var x in all[done..])
        {
            sum += Int128.CreateTruncating(x);
            (min, max) = (T.Min(min, x), T.Max(max, x));
        }

        return new Moments(all.Length, 0, Number.Of(sum), Number.Of(Int128.CreateTruncating(min)), Number.Of(Int128.CreateTruncating(max)), 0);
    }
}
