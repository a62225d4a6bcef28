using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Operations;

/// <summary>What stored .npy values of all operations have in common: C order, rows first, and exactly the bytes the header promises.</summary>
internal static class StoredRows
{
    /// <summary>An upper bound of the headers that <see cref="NpyHeader.Write"/> makes for plain arrays of two axes.</summary>
    public const int HeaderSize = 128;

    /// <summary>Writes the header and leaves room for the data.</summary>
    public static byte[] Allocate(string descr, int itemSize, int rows, int columns, out Span<byte> data)
    {
        var header = NpyHeader.Write(descr, rows, columns);
        return Allocate(header, (long)rows * columns * itemSize, out data);
    }

    /// <summary>Leaves room for the data behind a header.</summary>
    public static byte[] Allocate(byte[] header, long dataLength, out Span<byte> data)
    {
        var encoded = new byte[header.Length + dataLength];
        header.CopyTo(encoded, 0);
        data = encoded.AsSpan(header.Length);
        return encoded;
    }

    /// <summary>Reads the header of a stored value with <paramref name="axes"/> axes, and gives its data.</summary>
    /// <param name="encoded">The stored value.</param>
    /// <param name="axes">The number of axes it must have; the first counts the rows.</param>
    /// <param name="itemSizeOf">The size of an element from its descr, or 0 where the operation does not write such elements.</param>
    /// <param name="data">The bytes behind the header: elements × their size.</param>
    /// <exception cref="InvalidDataException">The header is broken, has another shape, or does not match the length.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> encoded, int axes, Func<string, int> itemSizeOf, out ReadOnlySpan<byte> data)
    {
        var header = NpyHeader.Read(encoded);
        if (header.FortranOrder || header.Shape.Count != axes)
            throw new InvalidDataException($"The stored value must have {axes} axes in C order.");
        var itemSize = itemSizeOf(header.Descr);
        data = encoded[(int)header.DataOffset..];
        if (itemSize == 0)
            throw new InvalidDataException($"The stored value has elements of the unexpected type '{header.Descr}'.");
        if (header.ElementCount != data.Length / itemSize || data.Length % itemSize != 0)
            throw new InvalidDataException($"The stored value promises {header.ElementCount} elements of {itemSize} bytes and has {data.Length} bytes.");

        // Rows without columns take no bytes, so only this keeps a hostile count of rows from being believed.
        if (header.ElementCount == 0 && header.Shape[0] != 0)
            throw new InvalidDataException("The stored value has rows without columns.");
        return header;
    }
}
