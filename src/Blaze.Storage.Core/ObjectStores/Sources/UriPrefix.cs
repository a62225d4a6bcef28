namespace Blaze.Storage.Core.ObjectStores.Sources;

/// <summary>
/// Everything at and below a location: <c>s3://bucket</c>, <c>s3://bucket/logs</c>, <c>file:///data</c>. It ends at a segment, so <c>s3://bucket/logs</c>
/// does not hold <c>s3://bucket/logs-of-others</c>; with a slash at its end it holds only what lies below. Compared byte for byte in the canonical
/// encoding, so neither another spelling nor another case gets past it. It holds no location with empty, <c>.</c> or <c>..</c> segments, which some
/// servers read as another location.
/// </summary>
public sealed class UriPrefix
{
    private readonly string _above;
    private readonly bool _onlyBelow;

    private UriPrefix(ResourceUri uri, bool onlyBelow)
    {
        Location = uri;
        _above = uri.ToString().TrimEnd('/') + "/";
        _onlyBelow = onlyBelow;
    }

    /// <summary>Where it begins.</summary>
    public ResourceUri Location { get; }

    /// <summary>Reads a prefix.</summary>
    /// <exception cref="ObjectStoreException">The text is none (InvalidPath).</exception>
    public static UriPrefix Parse(string text)
    {
        var uri = ResourceUri.Parse(text);
        return HasPlainSegments(uri)
            ? new UriPrefix(uri, text.EndsWith('/') && uri.EncodedPath != "/")
            : throw ObjectStoreException.InvalidLocation(text, "it has an empty, '.' or '..' part, so what lies below it is not certain");
    }

    /// <summary>Whether the location is this one or lies below it.</summary>
    public bool Contains(ResourceUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return HasPlainSegments(uri) && Holds(uri);
    }

    /// <summary>Whether everything that the source can stand for lies here.</summary>
    public bool Contains(SourcePattern source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // Of a pattern only what lies below its directory is ever found.
        return source.IsPattern
            ? HasPlainSegments(source.Location) && (source.Directory.ToString().TrimEnd('/') + "/").StartsWith(_above, StringComparison.Ordinal)
            : Contains(source.Location);
    }

    /// <summary>What is at and below both; null where that is nothing.</summary>
    public UriPrefix? Intersect(UriPrefix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Holds(other.Location) ? other : other.Holds(Location) ? this : null;
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => _onlyBelow ? _above : Location.ToString();

    private bool Holds(ResourceUri uri)
    {
        var text = uri.ToString();
        return text.StartsWith(_above, StringComparison.Ordinal) || (!_onlyBelow && text.Length == _above.Length - 1 && _above.StartsWith(text, StringComparison.Ordinal));
    }

    // A slash at the end is how directories are named.
    private static bool HasPlainSegments(ResourceUri uri)
    {
        var path = uri.PathBytes().AsSpan(1);
        path = path.EndsWith("/"u8) ? path[..^1] : path;
        if (path.IsEmpty)
            return uri.PathBytes().Length == 1;
        foreach (var part in path.Split((byte)'/'))
        {
            var segment = path[part];
            if (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8))
                return false;
        }

        return true;
    }
}
