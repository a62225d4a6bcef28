using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Blaze.Storage.Core.Values;

/// <summary>
/// The names of formats. A name is 1 to 32 lowercase letters, digits, <c>.</c>, <c>+</c> and <c>-</c> and begins with a letter or digit.
/// Values of other formats than these are stored and moved as they are; only who reads them has to know what they mean.
/// </summary>
public static class ValueFormat
{
    /// <summary>One JSON value in UTF-8, RFC 8259; numbers that JSON lacks are the strings NaN, Infinity and -Infinity.</summary>
    public const string Json = "json";

    /// <summary>Bytes without a meaning.</summary>
    public const string Raw = "raw";

    /// <summary>An array of numbers as numpy stores it.</summary>
    public const string Npy = "npy";

    private const int LongestName = 32;
    private const string JsonMediaType = "application/json";
    private const string RawMediaType = "application/octet-stream";
    private const string NpyMediaType = "application/x-npy";
    private const string OtherMediaType = "application/vnd.blaze.";
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.+-");

    /// <summary>Whether a text can be a format's name.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= LongestName } && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>The media type a format has over HTTP; <c>application/vnd.blaze.</c> and the name for those without one of their own.</summary>
    public static string MediaTypeOf(string format) => format switch
    {
        Json => JsonMediaType,
        Raw => RawMediaType,
        Npy => NpyMediaType,
        _ => OtherMediaType + format,
    };

    /// <summary>The format of a media type; parameters are ignored, and what is missing or unknown is raw.</summary>
    public static string OfMediaType(string? mediaType)
    {
        var name = (mediaType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (name is JsonMediaType)
            return Json;
        if (name is NpyMediaType)
            return Npy;
        return name.StartsWith(OtherMediaType, StringComparison.Ordinal) && IsName(name[OtherMediaType.Length..]) ? name[OtherMediaType.Length..] : Raw;
    }
}
