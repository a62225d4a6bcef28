using System.Diagnostics.CodeAnalysis;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Cli.Commands.Parsing;

/// <summary>A range as a user asked for it: <c>START:END</c> in bytes, END exclusive, either end may be left out.</summary>
/// <param name="Start">The first byte, or null for the beginning.</param>
/// <param name="End">The end, exclusive, or null for the end of the source.</param>
internal sealed record AskedRange(long? Start, long? End)
{
    /// <summary>Everything.</summary>
    public static AskedRange Whole { get; } = new(null, null);

    /// <summary>Reads <c>START:END</c>.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="range">The range.</param>
    /// <param name="problem">Why not, as a whole sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out AskedRange? range, [NotNullWhen(false)] out string? problem)
    {
        range = null;
        var ends = text.Split(':');
        if (ends.Length != 2)
        {
            problem = $"The range '{text}' is not START:END; write for example 0:64Ki, 1.5Gi: or :4096.";
            return false;
        }

        if (!TryParseEnd(ends[0], text, "start", out var start, out problem) || !TryParseEnd(ends[1], text, "end", out var end, out problem))
            return false;
        if (start > end)
        {
            problem = $"The range '{text}' starts after its end; START must not be larger than END.";
            return false;
        }

        range = new AskedRange(start, end);
        return true;
    }

    private static bool TryParseEnd(string text, string range, string which, out long? value, [NotNullWhen(false)] out string? problem)
    {
        value = null;
        problem = null;
        if (text.Length == 0)
            return true;
        if (!ByteCount.TryParse(text, out var bytes, out var reason))
        {
            problem = $"The {which} '{text}' of the range '{range}' {reason}.";
            return false;
        }

        value = bytes;
        return true;
    }
}
