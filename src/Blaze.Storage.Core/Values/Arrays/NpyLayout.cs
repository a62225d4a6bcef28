using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Values.Arrays;

/// <summary>Brings elements from other orders into the one this program uses: little-endian, last index fastest.</summary>
internal static class NpyLayout
{
    private delegate void Reversal<TWord>(ReadOnlySpan<TWord> source, Span<TWord> destination);

    /// <summary>The length of each axis.</summary>
    /// <exception cref="InvalidDataException">An axis is longer than an array can be.</exception>
    public static int[] ShapeOf(NpyHeader header) =>
        [.. header.Shape.Select(length => length <= Array.MaxLength
            ? (int)length
            : throw new InvalidDataException($"The array has an axis of {length}; more than {Array.MaxLength} do not fit an array of C#."))];

    /// <summary>Turns the order of the bytes of each number around.</summary>
    public static void ReverseBytes<T>(Span<T> elements)
        where T : unmanaged
    {
        switch (typeof(T) == typeof(Complex) ? sizeof(double) : Unsafe.SizeOf<T>())
        {
            case 2: Reverse<T, ushort>(elements, BinaryPrimitives.ReverseEndianness); break;
            case 4: Reverse<T, uint>(elements, BinaryPrimitives.ReverseEndianness); break;
            case 8: Reverse<T, ulong>(elements, BinaryPrimitives.ReverseEndianness); break;
        }
    }

    /// <summary>The elements, whose first index ran fastest, with the last index running fastest.</summary>
    public static T[] ToCOrder<T>(T[] elements, ReadOnlySpan<int> shape)
    {
        var ordered = GC.AllocateUninitializedArray<T>(elements.Length);
        Span<int> index = stackalloc int[shape.Length];
        Span<int> strides = stackalloc int[shape.Length];
        index.Clear();
        var stride = 1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        var from = 0;
        for (var at = 0; at < ordered.Length; at++)
        {
            ordered[at] = elements[from];
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                from -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return ordered;
    }

    private static void Reverse<T, TWord>(Span<T> elements, Reversal<TWord> reversal)
        where T : unmanaged
        where TWord : unmanaged
    {
        // In pieces, as numbers of two words may be more words than a span can have.
        const int Piece = 1 << 20;
        while (elements.Length > 0)
        {
            var words = MemoryMarshal.Cast<T, TWord>(elements[..Math.Min(Piece, elements.Length)]);
            reversal(words, words);
            elements = elements[Math.Min(Piece, elements.Length)..];
        }
    }
}
