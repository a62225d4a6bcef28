using System.Buffers;

namespace Blaze.Storage.Core.Values;

/// <summary>
/// An argument or a result as it lies in memory and travels: the name of a format and bytes. The bytes are not copied here, and must
/// not change while the value is in use. The default is raw and empty.
/// </summary>
public readonly struct Value
{
    private readonly string? _format;

    /// <summary>A value of bytes in one piece.</summary>
    /// <param name="format">The format's name, see <see cref="ValueFormat"/>.</param>
    /// <param name="bytes">The bytes.</param>
    public Value(string format, ReadOnlyMemory<byte> bytes)
        : this(format, new ReadOnlySequence<byte>(bytes))
    {
    }

    /// <summary>A value of bytes in any number of pieces.</summary>
    /// <param name="format">The format's name, see <see cref="ValueFormat"/>.</param>
    /// <param name="bytes">The bytes.</param>
    public Value(string format, ReadOnlySequence<byte> bytes)
    {
        _format = format;
        Bytes = bytes;
    }

    /// <summary>The format's name.</summary>
    public string Format => _format ?? ValueFormat.Raw;

    /// <summary>The bytes.</summary>
    public ReadOnlySequence<byte> Bytes { get; }

    /// <summary>The number of bytes.</summary>
    public long Length => Bytes.Length;

    /// <summary>The bytes in one piece: themselves where they are, a copy otherwise.</summary>
    public ReadOnlyMemory<byte> Contiguous() => Bytes.IsSingleSegment ? Bytes.First : Bytes.ToArray();

    /// <summary>
    /// Whether the two share memory: a result that shares it with an argument must be copied before the argument is let go.
    /// </summary>
    public bool Overlaps(in Value other)
    {
        foreach (var mine in Bytes)
            foreach (var theirs in other.Bytes)
                if (mine.Span.Overlaps(theirs.Span))
                    return true;
        return false;
    }
}
