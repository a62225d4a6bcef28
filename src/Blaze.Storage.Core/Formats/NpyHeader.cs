using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Blaze.Storage.Core.Formats;

/// <summary>
/// The header of a .npy file, the format of numpy (numpy.lib.format, versions 1 to 3): what the elements are, how they are
/// shaped, and where the data starts.
/// </summary>
public sealed class NpyHeader
{
    private const int LengthOffset = 8;
    private const int Alignment = 64;

    // Longer ones only come from broken files: numpy itself refuses to evaluate headers above 10,000 characters.
    private const int LongestText = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal NpyHeader(string descr, bool fortranOrder, IReadOnlyList<long> shape, long dataOffset)
    {
        Descr = descr;
        FortranOrder = fortranOrder;
        Shape = shape;
        DataOffset = dataOffset;
        ElementCount = CountOf(shape);
    }

    /// <summary>The elements: <c>&lt;f8</c>; for records the list as it stands in the file, <c>[('count', '&lt;i8'), …]</c>.</summary>
    public string Descr { get; }

    /// <summary>Whether the first index runs fastest.</summary>
    public bool FortranOrder { get; }

    /// <summary>The length of each axis; empty for a single element.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements: the product of the shape, at most 2^63 − 1.</summary>
    public long ElementCount { get; }

    /// <summary>Where the data starts, in bytes from the start of the file.</summary>
    public long DataOffset { get; }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether the bytes begin like a .npy file; needs the first six.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Reads the header at the start of <paramref name="start"/>.</summary>
    /// <param name="start">The first bytes of the file, as many as the caller has.</param>
    /// <param name="header">The header.</param>
    /// <param name="bytesNeeded">Where the result is false: how many bytes from the start of the file the next attempt needs.</param>
    /// <returns>False where the span ends before the header does.</returns>
    /// <exception cref="InvalidDataException">The bytes are no .npy header; the message says what is wrong.</exception>
    public static bool TryRead(ReadOnlySpan<byte> start, out NpyHeader? header, out int bytesNeeded)
    {
        header = null;
        var known = Math.Min(start.Length, Magic.Length);
        if (!start[..known].SequenceEqual(Magic[..known]))
            throw new InvalidDataException("The file is not a .npy file: it does not begin with \\x93NUMPY.");
        bytesNeeded = LengthOffset + 4;
        if (start.Length < bytesNeeded)
            return false;
        var textOffset = start[6] switch
        {
            1 => LengthOffset + 2,
            2 or 3 => LengthOffset + 4,
            var version => throw new InvalidDataException($"The .npy header has version {version}; only 1, 2 and 3 are known."),
        };
        var length = textOffset == LengthOffset + 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[LengthOffset..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[LengthOffset..]);
        if (length > LongestText)
            throw new InvalidDataException($"The .npy header claims a length of {length} bytes; more than {LongestText} is taken for damage.");
        bytesNeeded = textOffset + (int)length;
        if (start.Length < bytesNeeded)
            return false;
        header = Parse(start[textOffset..bytesNeeded], isUtf8: start[6] == 3, bytesNeeded);
        return true;
    }

    /// <summary>Reads a header that must be whole, as of a file that is in memory.</summary>
    /// <exception cref="InvalidDataException">The bytes are no .npy header, or end before it does.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> file) => TryRead(file, out var header, out var needed)
        ? header!
        : throw new InvalidDataException($"The .npy file ends inside its header: it has {file.Length} bytes, the header needs at least {needed}.");

    /// <summary>Writes a header of version 1 in C order, padded so that the data starts at a multiple of 64 bytes.</summary>
    /// <param name="descr">A type such as <c>&lt;f8</c>, or for records the list of fields in Python's notation.</param>
    /// <param name="shape">The length of each axis.</param>
    public static byte[] Write(string descr, params ReadOnlySpan<long> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(descr);
        var text = new StringBuilder("{'descr': ");
        text.Append(descr is ['[', ..] ? descr : $"'{descr}'").Append(", 'fortran_order': False, 'shape': (");
        foreach (var length in shape)
            text.Append(CultureInfo.InvariantCulture, $"{length}, ");
        if (shape.Length > 1)
            text.Length -= 2;
        else if (shape.Length == 1)
            text.Length--;
        text.Append("), }");
        var total = (LengthOffset + 2 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[total];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        bytes[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(LengthOffset), checked((ushort)(total - LengthOffset - 2)));
        Encoding.Latin1.GetBytes(text.ToString(), bytes.AsSpan(LengthOffset + 2));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static NpyHeader Parse(ReadOnlySpan<byte> text, bool isUtf8, long dataOffset)
    {
        try
        {
            return new NpyHeaderParser((isUtf8 ? StrictUtf8 : Encoding.Latin1).GetString(text)).Parse(dataOffset);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("The .npy header is not valid UTF-8.", exception);
        }
    }

    private static long CountOf(IReadOnlyList<long> shape)
    {
        if (shape.Contains(0))
            return 0;
        var count = 1L;
        foreach (var length in shape)
        {
            if (count > long.MaxValue / length)
                throw new InvalidDataException("The .npy header's shape has more elements than a file can hold.");
            count *= length;
        }

        return count;
    }
}
