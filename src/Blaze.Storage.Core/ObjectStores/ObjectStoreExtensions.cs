using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>Short forms over <see cref="IObjectStore"/>.</summary>
public static class ObjectStoreExtensions
{
    /// <summary>Ranges less than this many bytes apart are read as one.</summary>
    public const long CoalescedGap = 1024 * 1024;

    /// <summary>The most requests <see cref="GetRangesAsync"/> has under way.</summary>
    public const int ConcurrentReads = 10;

    /// <summary>The whole content of a resource, of one version.</summary>
    /// <exception cref="ObjectStoreException">As opening and reading; Unsupported above 2^31-57 bytes.</exception>
    public static async Task<byte[]> GetAsync(this IObjectStore store, ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        using var reader = await store.OpenAsync(uri, ifMatch, cancellationToken).ConfigureAwait(false);
        var content = await ReadWholeAsync(reader, new ByteRange(0, reader.Info.Length), cancellationToken).ConfigureAwait(false);
        await reader.VerifyAsync(cancellationToken).ConfigureAwait(false);
        return content;
    }

    /// <summary>
    /// Several ranges of a resource, of one version, in the order asked. Neighbours are read as one and at most
    /// <see cref="ConcurrentReads"/> reads are under way. A range is cut where the resource ends.
    /// </summary>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> GetRangesAsync(
        this IObjectStore store, ResourceUri uri, IReadOnlyList<ByteRange> ranges, string? ifMatch, CancellationToken cancellationToken)
    {
        using var reader = await store.OpenAsync(uri, ifMatch, cancellationToken).ConfigureAwait(false);
        var whole = new ByteRange(0, reader.Info.Length);
        var wanted = ranges.Select(range => whole.Intersect(range)).ToArray();
        var reads = Coalesce(wanted);
        var contents = new byte[reads.Count][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, reads.Count, options, async (index, token) =>
            contents[index] = await ReadWholeAsync(reader, reads[index], token).ConfigureAwait(false)).ConfigureAwait(false);
        await reader.VerifyAsync(cancellationToken).ConfigureAwait(false);
        return [.. wanted.Select(range => Slice(range, reads, contents))];
    }

    /// <summary>The resources below a location, all of them.</summary>
    public static IAsyncEnumerable<ResourceInfo> ListAsync(this IObjectStore store, ResourceUri prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, null, cancellationToken);

    /// <summary>Writes a resource, replacing what is there.</summary>
    public static Task<ResourceInfo> PutAsync(this IObjectStore store, ResourceUri uri, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        store.PutAsync(uri, content, PutMode.Overwrite, cancellationToken);

    /// <summary>Ranges in order, those less than <see cref="CoalescedGap"/> apart joined; empty ones left out.</summary>
    internal static IReadOnlyList<ByteRange> Coalesce(IEnumerable<ByteRange> ranges)
    {
        var joined = new List<ByteRange>();
        foreach (var range in ranges.Where(range => !range.IsEmpty).Order())
        {
            if (joined.Count > 0 && range.Start - joined[^1].End < CoalescedGap && Math.Max(range.End, joined[^1].End) - joined[^1].Start <= Array.MaxLength)
                joined[^1] = new ByteRange(joined[^1].Start, Math.Max(joined[^1].End, range.End));
            else
                joined.Add(range);
        }

        return joined;
    }

    private static ReadOnlyMemory<byte> Slice(ByteRange range, IReadOnlyList<ByteRange> reads, byte[][] contents)
    {
        if (range.IsEmpty)
            return ReadOnlyMemory<byte>.Empty;
        var index = 0;
        while (!reads[index].Contains(range))
            index++;
        return contents[index].AsMemory((int)(range.Start - reads[index].Start), (int)range.Length);
    }

    private static async Task<byte[]> ReadWholeAsync(IRangeReader reader, ByteRange range, CancellationToken cancellationToken)
    {
        var uri = reader.Info.Uri;
        if (range.Length > Array.MaxLength)
            throw new ObjectStoreException(ObjectStoreErrorKind.Unsupported, $"'{uri.Display}' is too long to be read at once; read it in ranges.", uri.Scheme, uri);
        var content = GC.AllocateUninitializedArray<byte>((int)range.Length);
        var read = await reader.ReadAsync(range.Start, content, cancellationToken).ConfigureAwait(false);
        return read == content.Length ? content : throw ObjectStoreException.Changed(uri);
    }
}
