using System.Text;

namespace Blaze.Storage.Core.ObjectStores.Sources;

/// <summary>
/// What a user names as a source: a resource, a directory (every regular file below it, hidden ones included) or a pattern of
/// <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a-z]</c> and <c>**</c> for any number of directories (the files that match, hidden ones
/// included). Nothing is looked up here: which of them a text is shows when it is expanded, and a resource or directory whose
/// very name has pattern characters comes before what the pattern would match. Equal texts are equal sources.
/// </summary>
public sealed record SourcePattern
{
    private readonly PathPattern _pattern;

    private SourcePattern(string scheme, string authority, string encodedPath)
    {
        _pattern = new PathPattern(encodedPath);
        Location = ResourceUri.Parse($"{scheme}://{authority}{EncodeSpecial(encodedPath)}");
        IsPattern = !_pattern.IsLiteral;
        Text = IsPattern ? $"{scheme}://{Location.Authority}{encodedPath}" : Location.ToString();
        Directory = ResourceUri.Parse($"{scheme}://{Location.Authority}{EncodeSpecial(_pattern.LiteralDirectory)}");
    }

    /// <summary>
    /// The canonical text, as a job records it: a URI in which pattern characters are left as they are, and their literal
    /// namesakes are percent-encoded. <see cref="Parse"/> reads it back.
    /// </summary>
    public string Text { get; }

    /// <summary>The location the text spells when no character means anything else.</summary>
    public ResourceUri Location { get; }

    /// <summary>Whether the text holds pattern characters.</summary>
    public bool IsPattern { get; }

    /// <summary>The deepest directory below which every match lies.</summary>
    public ResourceUri Directory { get; }

    /// <summary>Whether a resource matches; for a text that is no pattern, whether it is the resource itself.</summary>
    public bool Matches(ResourceUri uri) => uri.Scheme == Location.Scheme && uri.Authority == Location.Authority && _pattern.Matches(uri.EncodedPath);

    /// <summary>Whether something below a directory can match.</summary>
    public bool MatchesBelow(ResourceUri directory) => _pattern.MatchesBelow(directory.EncodedPath);

    /// <summary>Reads what a user wrote: a path or a URI, either of them also as a pattern.</summary>
    /// <param name="text">In a URI <c>%XX</c> is a byte and never a pattern character; in a path <c>%</c> is itself.</param>
    /// <param name="currentDirectory">What a relative path starts from, absolute. <c>..</c> is resolved by text, not by following links.</param>
    /// <exception cref="ObjectStoreException">The text can name nothing (InvalidPath).</exception>
    public static SourcePattern Parse(string text, string currentDirectory)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
            throw new ObjectStoreException(ObjectStoreErrorKind.InvalidPath, "A source is empty; name a file, a directory, a pattern or a URI.");

        // Bytes of an argument that are no UTF-8 reach the program as this character: another file could bear that very name.
        if (text.Contains('\ufffd', StringComparison.Ordinal))
            throw ObjectStoreException.InvalidLocation(text, "its name is not valid UTF-8; name its directory, or write it as a file:// URI with each such byte as %XX");
        if (!ResourceUri.TrySplitScheme(text, out var scheme, out var rest))
            return new SourcePattern(ResourceUri.FileScheme, "", Normalize(LocalPath(text, currentDirectory)));

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var path = Canonical(slash < 0 ? "/" : rest[slash..], text, PercentEncoding.TryDecode);
        return new SourcePattern(scheme, authority, scheme == ResourceUri.FileScheme ? Normalize(path) : path);
    }

    /// <summary>Whether both texts are the same.</summary>
    public bool Equals(SourcePattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;

    private delegate bool Decoder(ReadOnlySpan<char> text, out byte[] bytes);

    private static string LocalPath(string text, string currentDirectory)
    {
        var path = Canonical(text, text, static (ReadOnlySpan<char> plain, out byte[] bytes) => ResourceUri.TryGetBytes(plain.ToString(), out bytes));
        return text[0] == '/' ? path : ResourceUri.FromLocalPath(currentDirectory).EncodedPath + "/" + path;
    }

    // Pattern characters stay, everything between them gets its canonical encoding, in which they do not occur.
    private static string Canonical(string path, string text, Decoder decode)
    {
        var result = new StringBuilder(path.Length);
        var rest = path.AsSpan();
        while (!rest.IsEmpty)
        {
            var special = rest.IndexOfAny("*?[]");
            var plain = special < 0 ? rest : rest[..special];
            if (!decode(plain, out var bytes))
                throw ObjectStoreException.InvalidLocation(text, "it holds a % without two hexadecimal digits, or half a character");
            if (bytes.AsSpan().Contains((byte)0))
                throw ObjectStoreException.InvalidLocation(text, "it holds a NUL byte, which no name can");
            result.Append(PercentEncoding.Encode(bytes));
            if (special >= 0)
                result.Append(rest[special]);
            rest = rest[(plain.Length + (special < 0 ? 0 : 1))..];
        }

        return result.ToString();
    }

    private static string Normalize(string encodedPath) => Encoding.ASCII.GetString(LocalPaths.Normalize(Encoding.ASCII.GetBytes(encodedPath)));

    private static string EncodeSpecial(string encodedPath) => encodedPath
        .Replace("*", "%2A", StringComparison.Ordinal)
        .Replace("?", "%3F", StringComparison.Ordinal)
        .Replace("[", "%5B", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal);
}
