using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>Eight elements of one or two bytes as 32-bit integers.</summary>
internal static class LanesOfInt32
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load<T>(ref byte elements)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
            return Join(Vector128.Widen(Vector128.WidenLower(Eight(ref elements)))).AsInt32();
        if (typeof(T) == typeof(sbyte))
            return Join(Vector128.Widen(Vector128.WidenLower(Eight(ref elements).AsSByte())));
        if (typeof(T) == typeof(ushort))
            return Join(Vector128.Widen(Vector128.LoadUnsafe(ref elements).AsUInt16())).AsInt32();
        if (typeof(T) == typeof(short))
            return Join(Vector128.Widen(Vector128.LoadUnsafe(ref elements).AsInt16()));
        throw new NotSupportedException(typeof(T).Name);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Eight(ref byte elements) =>
        Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref elements)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Join<T>((Vector128<T> Lower, Vector128<T> Upper) halves) => Vector256.Create(halves.Lower, halves.Upper);
}
