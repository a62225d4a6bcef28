using System.Globalization;

namespace Blaze.Storage.Worker.Peers;

/// <summary>The Range header of RFC 9110, section 14, with one range: more than one, or another unit, is as good as none.</summary>
internal static class RangeHeader
{
    private const string Unit = "bytes=";

    /// <summary>The bytes a request asks for.</summary>
    /// <param name="header">The header, or null.</param>
    /// <param name="total">The length of the whole.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <returns>Whether the whole, a part, or nothing that there is, was asked for.</returns>
    public static RangeKind Read(string? header, long total, out long start, out long length)
    {
        (start, length) = (0, total);
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return RangeKind.Whole;
        var range = header.AsSpan(Unit.Length).Trim();
        var dash = range.IndexOf('-');
        if (dash < 0)
            return RangeKind.Whole;
        var first = range[..dash].Trim();
        var last = range[(dash + 1)..].Trim();
        if (first.IsEmpty)
            return TryRead(last, out var suffix) ? Suffix(suffix, total, out start, out length) : RangeKind.Whole;
        var end = long.MaxValue;
        if (!TryRead(first, out var from) || (!last.IsEmpty && !TryRead(last, out end)) || end < from)
            return RangeKind.Whole;
        if (from >= total)
            return RangeKind.Unsatisfiable;
        start = from;
        length = Math.Min(end, total - 1) - from + 1;
        return RangeKind.Part;
    }

    private static RangeKind Suffix(long suffix, long total, out long start, out long length)
    {
        length = Math.Min(suffix, total);
        start = total - length;
        return length == 0 ? RangeKind.Unsatisfiable : RangeKind.Part;
    }

    // A number beyond 2^63 is a position behind every value's end.
    private static bool TryRead(ReadOnlySpan<char> text, out long number)
    {
        number = long.MaxValue;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return false;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
            number = read;
        return true;
    }
}

/// <summary>How much of a value a request asks for.</summary>
internal enum RangeKind
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>A part.</summary>
    Part,

    /// <summary>Bytes that it does not have.</summary>
    Unsatisfiable,
}
