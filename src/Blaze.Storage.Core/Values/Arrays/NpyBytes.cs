using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Values.Arrays;

/// <summary>Arrays as .npy and back. Header and elements are pieces of their own, so that writing copies no element.</summary>
internal static class NpyBytes
{
    // Memory of bytes cannot be longer than 2 GiB: longer arrays are several pieces.
    private const int PieceBytes = 1 << 30;

    // Where a header is spread over pieces: more than what writers make, so that one look is usually enough.
    private const int UsualHeader = 1 << 12;

    /// <summary>A value of the format npy over these elements.</summary>
    public static Value Encode<T>(ReadOnlyMemory<T> elements, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        Span<long> lengths = stackalloc long[shape.Length];
        for (var axis = 0; axis < shape.Length; axis++)
            lengths[axis] = shape[axis];
        var size = Unsafe.SizeOf<T>();
        var descr = (size == 1 ? "|" : "<") + NpyElements.CodeOf(typeof(T));
        var pieces = new List<ReadOnlyMemory<byte>> { NpyHeader.Write(descr, lengths) };
        while (elements.Length > 0)
        {
            var count = Math.Min(elements.Length, PieceBytes / size);
            pieces.Add(CastMemory<T, byte>.Of(elements[..count]));
            elements = elements[count..];
        }

        return new Value(ValueFormat.Npy, Segments.Join(CollectionsMarshal.AsSpan(pieces)));
    }

    /// <summary>The header of a .npy in memory.</summary>
    /// <exception cref="InvalidDataException">The bytes are no .npy.</exception>
    public static NpyHeader HeaderOf(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
            return NpyHeader.Read(bytes.FirstSpan);
        if (NpyHeader.TryRead(Start(bytes, UsualHeader), out var header, out var needed))
            return header!;
        return NpyHeader.Read(Start(bytes, needed));
    }

    /// <summary>The elements in C order, copied once, and their shape; null where the elements are of another type.</summary>
    /// <exception cref="InvalidDataException">The bytes are no .npy, or damaged.</exception>
    public static (T[] Elements, int[] Shape)? Decode<T>(in ReadOnlySequence<byte> bytes)
        where T : unmanaged
    {
        var header = HeaderOf(bytes);
        if (!HoldsElements<T>(header))
            return null;
        var body = BodyOf<T>(header, bytes);
        var elements = GC.AllocateUninitializedArray<T>((int)header.ElementCount);
        var at = 0L;
        foreach (var piece in body)
        {
            piece.Span.CopyTo(BytesFrom(elements, at, piece.Length));
            at += piece.Length;
        }

        if (header.Descr[0] == '>')
            NpyLayout.ReverseBytes(elements);
        var shape = NpyLayout.ShapeOf(header);
        return (header.FortranOrder && shape.Length > 1 ? NpyLayout.ToCOrder(elements, shape) : elements, shape);
    }

    /// <summary>The elements of an array of one axis where they lie; null where they cannot be used there.</summary>
    /// <exception cref="InvalidDataException">The bytes are no .npy, or damaged.</exception>
    public static ReadOnlyMemory<T>? View<T>(in ReadOnlySequence<byte> bytes)
        where T : unmanaged
    {
        var header = HeaderOf(bytes);
        if (!HoldsElements<T>(header) || header.Descr[0] == '>' || header.Shape.Count != 1)
            return null;
        var body = BodyOf<T>(header, bytes);
        return body.IsSingleSegment ? CastMemory<byte, T>.Of(body.First) : null;
    }

    private static byte[] Start(in ReadOnlySequence<byte> bytes, int length) => bytes.Slice(0, Math.Min(bytes.Length, length)).ToArray();

    private static bool HoldsElements<T>(NpyHeader header) =>
        header.Descr is ['<' or '>' or '=' or '|', ..] && header.Descr[1..] == NpyElements.CodeOf(typeof(T));

    // Bytes may follow the elements: readers of .npy ignore them.
    private static ReadOnlySequence<byte> BodyOf<T>(NpyHeader header, in ReadOnlySequence<byte> bytes)
    {
        if (header.ElementCount > Array.MaxLength)
            throw new InvalidDataException($"The array has {header.ElementCount} elements; more than {Array.MaxLength} do not fit an array of C#.");
        var length = header.ElementCount * Unsafe.SizeOf<T>();
        var held = bytes.Length - header.DataOffset;
        return held >= length
            ? bytes.Slice(header.DataOffset, length)
            : throw new InvalidDataException($"The .npy file ends after {held} bytes of elements; its header asks for {length}.");
    }

    private static Span<byte> BytesFrom<T>(T[] elements, long offset, int length)
        where T : unmanaged =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(elements)), (nint)offset), length);
}
