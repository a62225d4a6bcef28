using System.Text;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <content>What lies in a directory, and where blocks lie.</content>
internal sealed partial class WebHdfsClient
{
    /// <summary>
    /// What lies in a directory, by the bytes of the names; a file gives nothing. A page at a time is in memory where the cluster
    /// knows paged listings, else the whole directory.
    /// </summary>
    public async IAsyncEnumerable<FileStatus> EntriesAsync(
        HdfsLocation at, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var startAfter = "";
        for (var more = true; more;)
        {
            var page = await PageAsync(at, startAfter, cancellationToken).ConfigureAwait(false);
            var entries = page.PartialListing.FileStatuses.Entries;
            // A file lists itself, without a name.
            var ordered = entries.Where(entry => entry.PathSuffix.Length > 0).Select(entry => (Name: Encoding.UTF8.GetBytes(entry.PathSuffix), Entry: entry)).ToList();
            ordered.Sort((left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
            more = page.RemainingEntries > 0 && ordered.Count > 0;
            if (ordered.Count > 0 && startAfter.Length > 0 && ordered[0].Name.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(startAfter)) <= 0)
                throw HdfsErrors.Of(ObjectStoreErrorKind.Other, at.Uri, "cannot be listed: the cluster's pages are not in the order of names");
            foreach (var (_, entry) in ordered)
                yield return entry;
            startAfter = more ? ordered[^1].Entry.PathSuffix : "";
        }
    }

    /// <summary>Where the blocks of a range lie, in order; empty where the cluster does not say.</summary>
    public async Task<IReadOnlyList<LocatedRange>> BlocksAsync(HdfsLocation at, ByteRange range, CancellationToken cancellationToken)
    {
        var query = FormattableString.Invariant($"&offset={range.Start}&length={range.Length}");
        if (!at.NameNodes.LacksBlockLocations)
        {
            try
            {
                var answer = await GetAsync(at, "GETFILEBLOCKLOCATIONS", query, AnswerContext.Default.BlockLocationsAnswer, cancellationToken).ConfigureAwait(false);
                return [.. (answer.BlockLocations.Blocks ?? []).Select(block => Located(block.Offset, block.Length, [.. block.CachedHosts ?? [], .. block.Hosts ?? []]))];
            }
            catch (ObjectStoreException failure) when (failure.InnerException is RemoteException { MayNotKnowOperation: true })
            {
                // Clusters before 2.9 know the other operation only.
            }
        }

        try
        {
            var answer = await GetAsync(at, "GET_BLOCK_LOCATIONS", query, AnswerContext.Default.LocatedBlocksAnswer, cancellationToken).ConfigureAwait(false);
            at.NameNodes.LacksBlockLocations = true;
            return [.. (answer.LocatedBlocks.Blocks ?? []).Select(block => Located(
                block.StartOffset, block.Block.NumBytes, (block.CachedLocations ?? []).Concat(block.Locations ?? []).Select(node => node.HostName ?? node.IpAddr ?? "")))];
        }
        catch (ObjectStoreException failure) when (failure.InnerException is RemoteException { MayNotKnowOperation: true })
        {
            return [];
        }
    }

    private static LocatedRange Located(long offset, long length, IEnumerable<string> hosts) =>
        new(new ByteRange(offset, offset + length), [.. hosts.Where(host => host.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);

    private async Task<DirectoryListing> PageAsync(HdfsLocation at, string startAfter, CancellationToken cancellationToken)
    {
        if (!at.NameNodes.LacksPages)
        {
            try
            {
                var query = startAfter.Length > 0 ? "&startAfter=" + Uri.EscapeDataString(startAfter) : "";
                return (await GetAsync(at, "LISTSTATUS_BATCH", query, AnswerContext.Default.DirectoryListingAnswer, cancellationToken).ConfigureAwait(false)).DirectoryListing;
            }
            catch (ObjectStoreException failure) when (startAfter.Length == 0 && failure.InnerException is RemoteException { MayNotKnowOperation: true })
            {
                // Clusters before 2.9 list a directory at once.
            }
        }

        var whole = await GetAsync(at, "LISTSTATUS", "", AnswerContext.Default.FileStatusesAnswer, cancellationToken).ConfigureAwait(false);
        at.NameNodes.LacksPages = true;
        return new DirectoryListing(whole, 0);
    }
}
