using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>
/// The moments of a run of at most <see cref="Longest"/> elements, in two passes: sum and extremes, then the squared deviations
/// from the run's mean. Element i goes to lane i mod 8, each lane adds up in order from +0, and the lanes are added as
/// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)). An element that is NaN adds nothing. Integers are added and compared exactly, and
/// become the nearest double for the second pass.
/// </summary>
internal static class ElementRun<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The most elements of a run.</summary>
    public const int Longest = 4096;

    private static bool IsFloat => typeof(T) == typeof(double) || typeof(T) == typeof(float);

    /// <summary>The moments of elements that follow each other without gaps, in the processor's byte order.</summary>
    public static Moments Of(ReadOnlySpan<byte> elements)
    {
        var count = elements.Length / Unsafe.SizeOf<T>();
        if (Unsafe.SizeOf<T>() == 8 && !IsFloat)
        {
            var exact = WideIntegers.Gather<T>(elements);
            return exact with { M2 = Deviations(elements, exact.Mean) };
        }

        var (sum, min, max) = Gather(elements);
        if (!IsFloat)
            return OfIntegers(count, sum, min, max) with { M2 = Deviations(elements, sum / count) };

        // A sum with a NaN in it is NaN; so is one with both infinities, for which the slower pass gives the same again.
        if (double.IsNaN(sum))
            return OfSomeNumbers(elements, count);
        return OfFloats(count, 0, sum, min, max) with { M2 = Deviations(elements, sum / count) };
    }

    private static Moments OfIntegers(int count, double sum, double min, double max) =>
        new(count, 0, Number.Of((Int128)sum), Number.Of((Int128)min), Number.Of((Int128)max), 0);

    // Adding +0 turns minus zero into zero.
    private static Moments OfFloats(int count, int nan, double sum, double min, double max) =>
        new(count, nan, Number.Of(sum), Number.Of(min + 0.0), Number.Of(max + 0.0), 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Min, double Max) Gather(ReadOnlySpan<byte> elements)
    {
        ref var next = ref MemoryMarshal.GetReference(elements);
        ref var end = ref Unsafe.Add(ref next, WholeLanes(elements));
        var (sum, min, max) = (TLanes.Broadcast(0), TLanes.Broadcast(double.PositiveInfinity), TLanes.Broadcast(double.NegativeInfinity));
        while (Unsafe.IsAddressLessThan(ref next, ref end))
        {
            var x = TLanes.Load<T>(ref next);
            sum += x;
            min = TLanes.Min(x, min);
            max = TLanes.Max(x, max);
            next = ref Unsafe.Add(ref next, ILanes<TLanes>.Count * Unsafe.SizeOf<T>());
        }

        var lanes = RunLanes.Of(sum, min, max);
        foreach (var x in Tail(elements))
            lanes.Add(double.CreateTruncating(x));
        return lanes.Reduce();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Moments OfSomeNumbers(ReadOnlySpan<byte> elements, int count)
    {
        ref var next = ref MemoryMarshal.GetReference(elements);
        ref var end = ref Unsafe.Add(ref next, WholeLanes(elements));
        var (zero, one) = (TLanes.Broadcast(0), TLanes.Broadcast(1));
        var (lowest, highest) = (TLanes.Broadcast(double.NegativeInfinity), TLanes.Broadcast(double.PositiveInfinity));
        var (sum, min, max, nan) = (zero, highest, lowest, zero);
        while (Unsafe.IsAddressLessThan(ref next, ref end))
        {
            var x = TLanes.Load<T>(ref next);
            sum += TLanes.WhereNumber(x, x, zero);
            min = TLanes.Min(TLanes.WhereNumber(x, x, highest), min);
            max = TLanes.Max(TLanes.WhereNumber(x, x, lowest), max);
            nan += TLanes.WhereNumber(x, zero, one);
            next = ref Unsafe.Add(ref next, ILanes<TLanes>.Count * Unsafe.SizeOf<T>());
        }

        var lanes = RunLanes.Of(sum, min, max);
        var nanCount = (int)RunLanes.Of(nan, zero, zero).Reduce().Sum;
        foreach (var x in Tail(elements))
        {
            if (T.IsNaN(x))
            {
                nanCount++;
                lanes.Skip();
            }
            else
            {
                lanes.Add(double.CreateTruncating(x));
            }
        }

        if (nanCount == count)
            return Moments.Empty(isInteger: false) with { NanCount = count };
        var (total, smallest, largest) = lanes.Reduce();
        return OfFloats(count - nanCount, nanCount, total, smallest, largest) with { M2 = DeviationsOfNumbers(elements, total / (count - nanCount)) };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Deviations(ReadOnlySpan<byte> elements, double mean)
    {
        ref var next = ref MemoryMarshal.GetReference(elements);
        ref var end = ref Unsafe.Add(ref next, WholeLanes(elements));
        var (center, sum) = (TLanes.Broadcast(mean), TLanes.Broadcast(0));
        while (Unsafe.IsAddressLessThan(ref next, ref end))
        {
            var distance = TLanes.Load<T>(ref next) - center;
            sum += distance * distance;
            next = ref Unsafe.Add(ref next, ILanes<TLanes>.Count * Unsafe.SizeOf<T>());
        }

        return WithTail(sum, elements, mean);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DeviationsOfNumbers(ReadOnlySpan<byte> elements, double mean)
    {
        ref var next = ref MemoryMarshal.GetReference(elements);
        ref var end = ref Unsafe.Add(ref next, WholeLanes(elements));
        var (center, sum, zero) = (TLanes.Broadcast(mean), TLanes.Broadcast(0), TLanes.Broadcast(0));
        while (Unsafe.IsAddressLessThan(ref next, ref end))
        {
            var x = TLanes.Load<T>(ref next);
            var distance = TLanes.WhereNumber(x, x - center, zero);
            sum += distance * distance;
            next = ref Unsafe.Add(ref next, ILanes<TLanes>.Count * Unsafe.SizeOf<T>());
        }

        return WithTail(sum, elements, mean);
    }

    private static double WithTail(TLanes sum, ReadOnlySpan<byte> elements, double mean)
    {
        Span<double> lanes = stackalloc double[ILanes<TLanes>.Count];
        TLanes.Store(sum, ref lanes[0]);
        var lane = 0;
        foreach (var x in Tail(elements))
        {
            var distance = double.CreateTruncating(x) - mean;
            lanes[lane++] += T.IsNaN(x) ? 0 : distance * distance;
        }

        return RunLanes.Reduce(lanes);
    }

    private static int WholeLanes(ReadOnlySpan<byte> elements) =>
        elements.Length - (elements.Length % (ILanes<TLanes>.Count * Unsafe.SizeOf<T>()));

    private static ReadOnlySpan<T> Tail(ReadOnlySpan<byte> elements) => MemoryMarshal.Cast<byte, T>(elements[WholeLanes(elements)..]);
}
