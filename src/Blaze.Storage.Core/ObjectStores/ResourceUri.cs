using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>
/// Where a resource lies: <c>file:///data/a%20b</c>, <c>s3://bucket/key</c>. One canonical text per location: the scheme in lower case,
/// every path byte outside <c>A-Z a-z 0-9 - . _ ~ / ! $ &amp; ' ( ) + , ; = : @</c> as <c>%XX</c>. A path is a sequence of bytes, so local
/// names that are not valid UTF-8 have a URI as well. <c>+</c> is a plus sign. For <c>file</c> the path is absolute, without empty,
/// <c>.</c> and <c>..</c> segments and without a slash at its end; the paths of other schemes are kept byte for byte.
/// </summary>
public sealed record ResourceUri
{
    /// <summary>The scheme of local files.</summary>
    public const string FileScheme = "file";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly string _text;

    private ResourceUri(string scheme, string authority, ReadOnlySpan<byte> path)
    {
        Scheme = scheme;
        Authority = authority;
        EncodedPath = PercentEncoding.Encode(path);
        _text = $"{scheme}://{authority}{EncodedPath}";
    }

    /// <summary>The scheme, lower case.</summary>
    public string Scheme { get; }

    /// <summary>The bucket or host; empty for local files.</summary>
    public string Authority { get; }

    /// <summary>The path in its canonical encoding, with its leading slash.</summary>
    public string EncodedPath { get; }

    /// <summary>The path's bytes, with the leading slash.</summary>
    public byte[] PathBytes() => PercentEncoding.TryDecode(EncodedPath, out var bytes) ? bytes : [];

    /// <summary>The last segment of the path, for show and for names known to be text; bytes that are not UTF-8 appear as U+FFFD.</summary>
    public string Name => Encoding.UTF8.GetString(PathBytes().AsSpan()[(PathBytes().AsSpan().LastIndexOf((byte)'/') + 1)..]);

    /// <summary>
    /// The location as a message shows it: for a local file the plain path, where that is one line of valid text; else the URI.
    /// </summary>
    public string Display => Scheme == FileScheme && TryGetText(PathBytes(), out var path) && !path.Any(char.IsControl) ? path : _text;

    /// <summary>The location of a local file.</summary>
    /// <param name="absolutePath">An absolute path; <c>.</c> and <c>..</c> are resolved by text alone.</param>
    /// <exception cref="ObjectStoreException">The path is not absolute or holds a NUL or half a surrogate pair (InvalidPath).</exception>
    public static ResourceUri FromLocalPath(string absolutePath)
    {
        ArgumentNullException.ThrowIfNull(absolutePath);
        if (!TryGetBytes(absolutePath, out var bytes))
            throw ObjectStoreException.InvalidLocation(absolutePath, "it is not valid text");
        return FromLocalPath(bytes);
    }

    /// <summary>The location of a local file whose name may be any bytes.</summary>
    /// <exception cref="ObjectStoreException">The path is not absolute or holds a NUL (InvalidPath).</exception>
    public static ResourceUri FromLocalPath(ReadOnlySpan<byte> absolutePath) => Create(FileScheme, "", absolutePath);

    /// <summary>Makes a location from its parts.</summary>
    /// <param name="scheme">Lower-case letters and digits.</param>
    /// <param name="authority">The bucket or host; empty for <c>file</c>.</param>
    /// <param name="path">The path's bytes, with a leading slash.</param>
    /// <exception cref="ObjectStoreException">A part is not valid (InvalidPath).</exception>
    public static ResourceUri Create(string scheme, string authority, ReadOnlySpan<byte> path)
    {
        var problem = Check(scheme, authority, path);
        if (problem is not null)
            throw ObjectStoreException.InvalidLocation($"{scheme}://{authority}{Encoding.UTF8.GetString(path)}", problem);
        return scheme == FileScheme ? new ResourceUri(scheme, "", LocalPaths.Normalize(path)) : new ResourceUri(scheme, authority, path);
    }

    /// <summary>Reads a URI in any spelling and gives its canonical form.</summary>
    /// <exception cref="ObjectStoreException">The text is not the URI of a resource (InvalidPath); the message says why.</exception>
    public static ResourceUri Parse(string text) =>
        TryParse(text, out var uri, out var problem) ? uri : throw ObjectStoreException.InvalidLocation(text, problem);

    /// <summary>Reads a URI in any spelling; false where the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ResourceUri? uri) => TryParse(text, out uri, out _);

    /// <summary>The location <paramref name="relative"/> below this one.</summary>
    /// <param name="relative">Plain text, not encoded; segments are separated by <c>/</c>.</param>
    public ResourceUri Append(string relative) =>
        TryGetBytes(relative, out var bytes) ? Append(bytes) : throw ObjectStoreException.InvalidLocation(relative, "it is not valid text");

    /// <summary>The location <paramref name="relative"/> (bytes, segments separated by <c>/</c>) below this one.</summary>
    public ResourceUri Append(ReadOnlySpan<byte> relative)
    {
        var path = PathBytes().AsSpan();
        return Create(Scheme, Authority, [.. path.EndsWith("/"u8) ? path[..^1] : path, (byte)'/', .. relative]);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => _text;

    /// <summary>Splits <c>scheme://rest</c>; false where the text does not start with a scheme, as a path does not.</summary>
    internal static bool TrySplitScheme(string text, out string scheme, out string rest)
    {
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        var found = separator > 0 && IsScheme(text.AsSpan(0, separator));
        scheme = found ? text[..separator].ToLowerInvariant() : "";
        rest = found ? text[(separator + 3)..] : text;
        return found;
    }

    /// <summary>The text's UTF-8 bytes; false where it holds half a surrogate pair, which has none.</summary>
    internal static bool TryGetBytes(string text, out byte[] bytes)
    {
        try
        {
            bytes = StrictUtf8.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = [];
            return false;
        }
    }

    /// <summary>The text the bytes stand for; false where they are not valid UTF-8.</summary>
    internal static bool TryGetText(ReadOnlySpan<byte> bytes, out string text)
    {
        var valid = System.Text.Unicode.Utf8.IsValid(bytes);
        text = valid ? StrictUtf8.GetString(bytes) : "";
        return valid;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out ResourceUri? uri, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        uri = null;
        if (!TrySplitScheme(text, out var scheme, out var rest))
        {
            problem = "it does not start with a scheme such as file://";
            return false;
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        if (!PercentEncoding.TryDecode(slash < 0 ? "/" : rest[slash..], out var path))
        {
            problem = "a % in it is not followed by two hexadecimal digits";
            return false;
        }

        authority = scheme == FileScheme && authority.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "" : authority;
        problem = Check(scheme, authority, path);
        uri = problem is null ? Create(scheme, authority, path) : null;
        return uri is not null;
    }

    private static string? Check(string scheme, string authority, ReadOnlySpan<byte> path)
    {
        if (!IsScheme(scheme) || scheme.Any(char.IsAsciiLetterUpper))
            return "its scheme is not valid";
        if (scheme == FileScheme && authority.Length > 0)
            return $"it names the host '{authority}', and only local files have file:// locations (three slashes: file:///path)";
        if (scheme != FileScheme && (authority.Length == 0 || !authority.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':')))
            return "it does not name a bucket or host after ://";
        if (path.IsEmpty || path[0] != '/')
            return "its path is not absolute";
        return path.Contains((byte)0) ? "it holds a NUL byte, which no name can" : null;
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;
        }

        return text.Length > 0 && char.IsAsciiLetter(text[0]);
    }
}
