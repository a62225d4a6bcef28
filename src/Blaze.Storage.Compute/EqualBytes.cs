using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Blaze.Storage.Compute;

/// <summary>Looks at 64 bytes at once, by the widest vectors the processor has.</summary>
internal static unsafe class EqualBytes
{
    /// <summary>Bytes per look.</summary>
    public const int Width = 64;

    /// <summary>Whether the 64 bytes at <paramref name="left"/> equal those at <paramref name="right"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same(byte* left, byte* right)
    {
        if (Vector512.IsHardwareAccelerated)
            return Vector512.Load(left) == Vector512.Load(right);
        var low = Vector256.Load(left) ^ Vector256.Load(right);
        var high = Vector256.Load(left + 32) ^ Vector256.Load(right + 32);
        return (low | high) == Vector256<byte>.Zero;
    }

    /// <summary>
    /// A cheap sign that the 65 bytes at <paramref name="bytes"/> may be equal, which random bytes hardly ever give: it looks at the first eight only.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeOneValue(byte* bytes)
    {
        var word = Unsafe.ReadUnaligned<ulong>(bytes);
        return word == BitOperations.RotateLeft(word, 8);
    }

    /// <summary>One bit per byte, the lowest for the first: set where the 64 bytes differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong DifferenceMask(byte* left, byte* right)
    {
        if (Vector512.IsHardwareAccelerated)
            return ~Vector512.Equals(Vector512.Load(left), Vector512.Load(right)).ExtractMostSignificantBits();
        var low = Vector256.Equals(Vector256.Load(left), Vector256.Load(right)).ExtractMostSignificantBits();
        var high = Vector256.Equals(Vector256.Load(left + 32), Vector256.Load(right + 32)).ExtractMostSignificantBits();
        return ~(low | ((ulong)high << 32));
    }
}
