using System.Globalization;

namespace Blaze.Storage.Core.Chunks;

/// <summary>A half-open range of bytes <c>[Start, End)</c> of a resource. Offsets are bytes; <c>0 ≤ Start ≤ End</c>.</summary>
public readonly record struct ByteRange : IComparable<ByteRange>
{
    /// <summary>Creates the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Start is negative or End is before Start.</exception>
    public ByteRange(long start, long end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        End = end;
    }

    /// <summary>The first byte, inclusive.</summary>
    public long Start { get; }

    /// <summary>The end, exclusive.</summary>
    public long End { get; }

    /// <summary>The number of bytes.</summary>
    public long Length => End - Start;

    /// <summary>Whether the range holds no byte.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>Whether every byte of <paramref name="other"/> is in this range.</summary>
    public bool Contains(ByteRange other) => Start <= other.Start && other.End <= End;

    /// <summary>The bytes in both ranges; empty (at the later start) where they do not meet.</summary>
    public ByteRange Intersect(ByteRange other)
    {
        var start = Math.Max(Start, other.Start);
        return new ByteRange(start, Math.Max(start, Math.Min(End, other.End)));
    }

    /// <summary>Orders by start, then by end.</summary>
    public int CompareTo(ByteRange other) => Start != other.Start ? Start.CompareTo(other.Start) : End.CompareTo(other.End);

    /// <summary>The form used in keys: <c>start_end</c>, decimal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}_{End}");

    /// <summary>Reads what <see cref="ToString"/> wrote: no sign, no white space, no superfluous zeros.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ByteRange range)
    {
        range = default;
        var separator = text.IndexOf('_');
        if (separator < 0 || !TryParseOffset(text[..separator], out var start) || !TryParseOffset(text[(separator + 1)..], out var end) || end < start)
            return false;
        range = new ByteRange(start, end);
        return true;
    }

    /// <summary>Orders as <see cref="CompareTo"/>.</summary>
    public static bool operator <(ByteRange left, ByteRange right) => left.CompareTo(right) < 0;

    /// <summary>Orders as <see cref="CompareTo"/>.</summary>
    public static bool operator >(ByteRange left, ByteRange right) => left.CompareTo(right) > 0;

    /// <summary>Orders as <see cref="CompareTo"/>.</summary>
    public static bool operator <=(ByteRange left, ByteRange right) => left.CompareTo(right) <= 0;

    /// <summary>Orders as <see cref="CompareTo"/>.</summary>
    public static bool operator >=(ByteRange left, ByteRange right) => left.CompareTo(right) >= 0;

    private static bool TryParseOffset(ReadOnlySpan<char> text, out long offset)
    {
        offset = 0;
        return text is ['0'] || (text.Length > 0 && text[0] != '0'
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out offset));
    }
}
