using System.Globalization;

namespace Blaze.Storage.Api.Tests.Access;

/// <summary>An answer as it came over a connection.</summary>
internal sealed record RawAnswer(int Status, string? ContentType, string Body)
{
    /// <summary>The answers that a connection gave until it was closed, to requests that were not for the head alone; what is cut off at the end is left out.</summary>
    public static List<RawAnswer> Parse(string text)
    {
        var answers = new List<RawAnswer>();
        while (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var end)
        {
            var lines = text[..end].Split("\r\n");
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[^1], StringComparer.OrdinalIgnoreCase);
            text = text[(end + 4)..];
            if (BodyOf(headers, ref text) is not { } body)
                break;
            answers.Add(new RawAnswer(int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), headers["Content-Type"].FirstOrDefault(), body));
        }

        return answers;
    }

    private static string? BodyOf(ILookup<string, string> headers, ref string text)
    {
        if (headers.Contains("Transfer-Encoding"))
            return Unchunk(ref text);
        var length = headers["Content-Length"].FirstOrDefault() is { } said ? int.Parse(said, CultureInfo.InvariantCulture) : text.Length;
        return Take(ref text, length);
    }

    private static string? Unchunk(ref string text)
    {
        var body = "";
        while (text.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var end)
        {
            var length = int.Parse(text.AsSpan(0, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            text = text[(end + 2)..];
            if (Take(ref text, length) is not { } chunk || Take(ref text, 2) is null)
                return null;
            body += chunk;
            if (length == 0)
                return body;
        }

        return null;
    }

    private static string? Take(ref string text, int length)
    {
        if (length > text.Length)
            return null;
        var taken = text[..length];
        text = text[length..];
        return taken;
    }
}
