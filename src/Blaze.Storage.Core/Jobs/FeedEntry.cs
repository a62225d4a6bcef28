using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;

namespace Blaze.Storage.Core.Jobs;

/// <summary>
/// An entry of a job's feed: a finished chunk. <c>KEY</c> for a chunk this job had computed, <c>=KEY</c> for one that was known
/// before, with <c>#ROW</c> after the key for one row of a larger block's value.
/// </summary>
/// <param name="Key">Where the value is stored.</param>
/// <param name="Row">The row of the stored value, or null for the merge of all its rows.</param>
/// <param name="Known">Whether it was known when the job was planned.</param>
public sealed record FeedEntry(ChunkKey Key, int? Row, bool Known)
{
    /// <summary>The bytes the entry speaks of: the chunk's, or the row's where it names one.</summary>
    /// <exception cref="InvalidDataException">A row is named of a chunk that is no block of the grid.</exception>
    public ByteRange Range => Row is not { } row ? Key.Range
        : Block.TryFrom(Key.Range, out var block) && block.Level > 0 ? block.Child(row).Range
        : throw new InvalidDataException($"The feed entry '{this}' names a row of a chunk that has none.");

    /// <summary>The entry as it stands in the feed.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Known ? "=" : "")}{Key}{(Row is { } row ? $"#{row}" : "")}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FeedEntry? entry)
    {
        entry = null;
        var known = text.StartsWith('=');
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        int? row = null;
        if (hash >= 0)
        {
            if (!int.TryParse(text.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return false;
            row = number;
        }

        if (!ChunkKey.TryParse(text[(known ? 1 : 0)..(hash >= 0 ? hash : text.Length)], out var key))
            return false;
        entry = new FeedEntry(key, row, known);
        return true;
    }
}
