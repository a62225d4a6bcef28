namespace Blaze.Storage.Core.ObjectStores.Sources;

/// <summary>A path of which segments may be patterns; <c>**</c> stands for any number of segments, none included.</summary>
internal sealed class PathPattern
{
    private readonly Wildcards[] _segments;

    /// <summary>Reads an absolute path in which <c>* ? [ ]</c> stand for themselves where they are percent-encoded.</summary>
    public PathPattern(string encodedPath)
    {
        var segments = encodedPath[1..].Split('/');
        _segments = [.. segments.Select(Wildcards.Parse)];
        var literal = _segments.TakeWhile(segment => segment.IsLiteral).Count();
        IsLiteral = literal == _segments.Length;
        LiteralDirectory = "/" + string.Join('/', segments.Take(Math.Min(literal, segments.Length - 1)));
    }

    /// <summary>Whether the pattern matches only the path it spells.</summary>
    public bool IsLiteral { get; }

    /// <summary>The deepest directory, encoded, below which every match lies.</summary>
    public string LiteralDirectory { get; }

    /// <summary>Whether the whole path matches.</summary>
    public bool Matches(string encodedPath) => Follow(encodedPath)[_segments.Length];

    /// <summary>Whether a path below this directory can match.</summary>
    public bool MatchesBelow(string encodedDirectory) => Follow(encodedDirectory).AsSpan(0, _segments.Length).Contains(true);

    // Entry i of the result tells whether the path can have used up exactly the first i segments of the pattern.
    private bool[] Follow(string encodedPath)
    {
        var reached = new bool[_segments.Length + 1];
        reached[0] = true;
        SkipAnyDepth(reached);
        foreach (var segment in encodedPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Wildcards.Decode(segment);
            var next = new bool[reached.Length];
            for (var index = 0; index < _segments.Length; index++)
            {
                if (!reached[index])
                    continue;
                if (_segments[index].IsAnyDepth)
                    next[index] = true;
                else if (_segments[index].Matches(name))
                    next[index + 1] = true;
            }

            // A trailing ** has to take at least one segment, which this one is.
            next[^1] |= reached[^2] && _segments[^1].IsAnyDepth;
            SkipAnyDepth(next);
            reached = next;
        }

        return reached;
    }

    private void SkipAnyDepth(bool[] reached)
    {
        for (var index = 0; index < _segments.Length - 1; index++)
            reached[index + 1] |= reached[index] && _segments[index].IsAnyDepth;
    }
}
