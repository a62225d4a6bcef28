using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Compute.Statistics;

/// <summary>Turns the bytes of elements round.</summary>
internal static class ByteOrder
{
    /// <summary>Copies elements of 2, 4 or 8 bytes to <paramref name="buffer"/>, each with its bytes in reverse, and gives the copy.</summary>
    public static ReadOnlySpan<byte> Swap(ReadOnlySpan<byte> elements, Span<byte> buffer, int size)
    {
        var target = buffer[..elements.Length];
        switch (size)
        {
            case 2: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(elements), MemoryMarshal.Cast<byte, ushort>(target)); break;
            case 4: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(elements), MemoryMarshal.Cast<byte, uint>(target)); break;
            default: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(elements), MemoryMarshal.Cast<byte, ulong>(target)); break;
        }

        return target;
    }
}
