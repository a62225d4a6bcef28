using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>Eight doubles in two vectors of 256 bits.</summary>
internal readonly struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<double> _lower;
    private readonly Vector256<double> _upper;

    private Lanes256(Vector256<double> lower, Vector256<double> upper)
    {
        _lower = lower;
        _upper = upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(double value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load<T>(ref byte elements)
        where T : unmanaged
    {
        ref var upper = ref Unsafe.Add(ref elements, Vector256<byte>.Count);
        if (typeof(T) == typeof(double))
            return new(Vector256.LoadUnsafe(ref elements).AsDouble(), Vector256.LoadUnsafe(ref upper).AsDouble());
        if (typeof(T) == typeof(float))
            return Of(Vector256.Widen(Vector256.LoadUnsafe(ref elements).AsSingle()));
        if (typeof(T) == typeof(ulong))
        {
            return new(
                Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref elements).AsUInt64()),
                Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref upper).AsUInt64()));
        }

        if (typeof(T) == typeof(long))
            return Of((Vector256.LoadUnsafe(ref elements).AsInt64(), Vector256.LoadUnsafe(ref upper).AsInt64()));
        if (typeof(T) == typeof(uint))
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref elements).AsUInt32());
            return Of((low.AsInt64(), high.AsInt64()));
        }

        return typeof(T) == typeof(int)
            ? Of(Vector256.Widen(Vector256.LoadUnsafe(ref elements).AsInt32()))
            : Of(Vector256.Widen(LanesOfInt32.Load<T>(ref elements)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._lower + right._lower, left._upper + right._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._lower - right._lower, left._upper - right._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._lower * right._lower, left._upper * right._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) =>
        new(Vector256.MinNative(left._lower, right._lower), Vector256.MinNative(left._upper, right._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) =>
        new(Vector256.MaxNative(left._lower, right._lower), Vector256.MaxNative(left._upper, right._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WhereNumber(Lanes256 tested, Lanes256 value, Lanes256 substitute) => new(
        Vector256.ConditionalSelect(Vector256.Equals(tested._lower, tested._lower), value._lower, substitute._lower),
        Vector256.ConditionalSelect(Vector256.Equals(tested._upper, tested._upper), value._upper, substitute._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, ref double destination)
    {
        value._lower.StoreUnsafe(ref destination);
        value._upper.StoreUnsafe(ref destination, (nuint)Vector256<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes256 Of((Vector256<double> Lower, Vector256<double> Upper) halves) => new(halves.Lower, halves.Upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes256 Of((Vector256<long> Lower, Vector256<long> Upper) halves) =>
        new(Vector256.ConvertToDouble(halves.Lower), Vector256.ConvertToDouble(halves.Upper));
}
