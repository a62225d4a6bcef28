using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Blaze.Storage.Compute;

/// <summary>Looks at 64 bytes at once, by the widest vectors the processor has.</summary>
internal static unsafe class WideBytes
{
    /// <summary>Bytes per look.</summary>
    public const int Width = 64;

    /// <summary>The longest period <see cref="IsPeriodic"/> finds, and with it all its divisors: constants of 1, 2, 4 and 8 bytes.</summary>
    public const int Period = 8;

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

    /// <summary>Whether 256 bytes are the same on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameFour(byte* left, byte* right)
    {
        if (!Vector512.IsHardwareAccelerated)
            return Same(left, right) && Same(left + Width, right + Width) && Same(left + (2 * Width), right + (2 * Width)) && Same(left + (3 * Width), right + (3 * Width));
        var first = (Vector512.Load(left) ^ Vector512.Load(right)) | (Vector512.Load(left + Width) ^ Vector512.Load(right + Width));
        var second = (Vector512.Load(left + (2 * Width)) ^ Vector512.Load(right + (2 * Width))) | (Vector512.Load(left + (3 * Width)) ^ Vector512.Load(right + (3 * Width)));
        return (first | second) == Vector512<byte>.Zero;
    }

    /// <summary>
    /// Whether each of the 64 bytes here equals the one <see cref="Period"/> further on; reads 72 bytes. On other data nearly
    /// always one comparison of words.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPeriodic(byte* bytes) =>
        Unsafe.ReadUnaligned<ulong>(bytes) == Unsafe.ReadUnaligned<ulong>(bytes + Period) && Same(bytes, bytes + Period);

    /// <summary>
    /// How many bytes from here on repeat the first eight, where <see cref="IsPeriodic"/> holds: a multiple of 64 that leaves the
    /// period's next eight bytes before <paramref name="end"/>, or all bytes up to <paramref name="end"/>.
    /// </summary>
    public static long PeriodicLength(byte* bytes, byte* end)
    {
        var next = bytes + Width;
        while (end - next >= Width + Period && Same(next, next + Period))
            next += Width;
        var isWholeTail = end - next < Width + Period && Same(end - Width - Period, end - Width);
        return (isWholeTail ? end : next) - bytes;
    }

    /// <summary>Whether all bytes are zero.</summary>
    public static bool AreZero(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var next = start;
            var end = start + bytes.Length;
            for (; end - next >= 4 * Width; next += 4 * Width)
            {
                var (first, second) = (Vector512.Load(next) | Vector512.Load(next + Width), Vector512.Load(next + (2 * Width)) | Vector512.Load(next + (3 * Width)));
                if ((first | second) != Vector512<byte>.Zero)
                    return false;
            }

            return !new ReadOnlySpan<byte>(next, (int)(end - next)).ContainsAnyExcept((byte)0);
        }
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
