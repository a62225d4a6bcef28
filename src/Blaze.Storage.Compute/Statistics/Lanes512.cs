using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>Eight doubles in one vector of 512 bits.</summary>
internal readonly struct Lanes512 : ILanes<Lanes512>
{
    private readonly Vector512<double> _value;

    private Lanes512(Vector512<double> value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load<T>(ref byte elements)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return new(Vector512.LoadUnsafe(ref elements).AsDouble());
        if (typeof(T) == typeof(float))
        {
            var floats = Vector256.LoadUnsafe(ref elements).AsSingle();
            return new(Avx512F.IsSupported ? Avx512F.ConvertToVector512Double(floats) : Join(Vector256.Widen(floats)));
        }

        return new(typeof(T) == typeof(ulong)
            ? Vector512.ConvertToDouble(Vector512.LoadUnsafe(ref elements).AsUInt64())
            : Vector512.ConvertToDouble(LoadSigned<T>(ref elements)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 left, Lanes512 right) => new(Vector512.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WhereNumber(Lanes512 tested, Lanes512 value, Lanes512 substitute) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(tested._value, tested._value), value._value, substitute._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, ref double destination) => value._value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LoadSigned<T>(ref byte elements)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long))
            return Vector512.LoadUnsafe(ref elements).AsInt64();
        if (typeof(T) == typeof(uint))
            return Join(Vector256.Widen(Vector256.LoadUnsafe(ref elements).AsUInt32())).AsInt64();
        if (typeof(T) == typeof(int))
            return Join(Vector256.Widen(Vector256.LoadUnsafe(ref elements).AsInt32()));
        return Join(Vector256.Widen(LanesOfInt32.Load<T>(ref elements)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Join<T>((Vector256<T> Lower, Vector256<T> Upper) halves) => Vector512.Create(halves.Lower, halves.Upper);
}
