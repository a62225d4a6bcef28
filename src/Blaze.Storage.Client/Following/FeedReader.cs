using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Client.Following;

/// <summary>Reads a job's feed page by page and adds up the values it names.</summary>
internal sealed class FeedReader(string jobId, ICenterView center, StoredValues values, Operation operation, JobDetail detail)
{
    // Bounds the bytes one look at a job may fetch.
    private const long PageBytes = 16 << 20;
    private const int SmallestPage = 16;
    private const int LargestPage = 256;
    private readonly int _pageSize =
        (int)Math.Clamp(PageBytes / operation.ResultSize(Grid.SizeOf(operation.FinestLevel)), SmallestPage, LargestPage);

    private long _cursor;

    /// <summary>What was added up so far.</summary>
    public PartialAnswer Answer { get; } = new(operation, detail);

    /// <summary>How many entries of the feed were read.</summary>
    public long Position => _cursor;

    /// <summary>Reads the next page, if there is one. A chunk whose value is gone is left out: the picture lacks it, the final value does not.</summary>
    public async Task ReadPageAsync(CancellationToken cancellationToken)
    {
        var texts = await center.FeedAsync(jobId, _cursor, _pageSize, cancellationToken).ConfigureAwait(false);
        var entries = texts.Select(text => FeedEntry.TryParse(text, out var entry) ? entry : null).OfType<FeedEntry>().ToList();
        if (entries.Count > 0)
        {
            var keys = entries.Select(entry => entry.Key.ToString()).Distinct().ToList();
            var rows = await values.ReadAsync(operation, keys, cancellationToken).ConfigureAwait(false);
            var found = keys.Zip(rows).ToDictionary(pair => pair.First, pair => pair.Second);
            foreach (var entry in entries)
                Take(entry, found[entry.Key.ToString()]);
        }

        _cursor += texts.Count;
    }

    private void Take(FeedEntry entry, IReadOnlyList<ChunkValue>? rows)
    {
        if (rows is null || !TryRangeOf(entry, out var range))
            return;
        if (entry.Row is not { } row)
            Answer.Add(entry.Key, range, operation.Merge(rows), entry.Known);
        else if (row < rows.Count)
            Answer.Add(entry.Key, range, rows[row], entry.Known);
    }

    private static bool TryRangeOf(FeedEntry entry, out ByteRange range)
    {
        try
        {
            range = entry.Range;
            return true;
        }
        catch (InvalidDataException)
        {
            range = default;
            return false;
        }
    }
}
