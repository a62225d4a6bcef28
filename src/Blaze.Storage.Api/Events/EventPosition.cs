using System.Globalization;

namespace Blaze.Storage.Api.Events;

/// <summary>
/// How much of a job somebody has been told: the revision of its counters, and how many entries of its feed are behind the answer. Both are the center's, and only
/// grow, so any replica goes on where another one stopped: what was told is not told again, and what is newer is.
/// </summary>
internal readonly record struct EventPosition(long Revision, long Feed)
{
    /// <summary>The id of the last event of a job.</summary>
    public const string End = "end";

    /// <summary>Reads the id of an event that is not the last.</summary>
    public static bool TryParse(string id, out EventPosition position)
    {
        position = default;
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0
            || !long.TryParse(id.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            || !long.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var feed))
            return false;
        position = new EventPosition(revision, feed);
        return true;
    }

    /// <summary>The id of the event that tells this much.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Revision}.{Feed}");
}
