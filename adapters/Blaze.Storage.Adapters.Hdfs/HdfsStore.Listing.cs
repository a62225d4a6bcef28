using System.Runtime.CompilerServices;
using System.Text;
using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Adapters.Hdfs.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <content>Listing directories.</content>
public sealed partial class HdfsStore
{
    /// <summary>
    /// The files below a directory, hidden ones included; symbolic links and what is being written are left out. Memory is taken for a page
    /// of each directory above the current file, on clusters that know paged listings.
    /// </summary>
    public async IAsyncEnumerable<ResourceInfo> ListAsync(
        ResourceUri prefix, ListFilter? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var open = new Stack<(ResourceUri Uri, IAsyncEnumerator<FileStatus> Entries)>();
        var cluster = ClusterOf(prefix);
        try
        {
            open.Push(Enter(prefix, cluster, cancellationToken));
            while (open.TryPeek(out var directory))
            {
                if (!await MoveAsync(directory.Entries).ConfigureAwait(false))
                {
                    await open.Pop().Entries.DisposeAsync().ConfigureAwait(false);
                    continue;
                }

                var entry = directory.Entries.Current;
                var uri = directory.Uri.Append(Encoding.UTF8.GetBytes(entry.PathSuffix));
                if (entry.IsDirectory && filter?.Enters(uri) != false)
                    open.Push(Enter(uri, cluster, cancellationToken));
                else if (entry.IsFile && filter?.Takes(uri) != false)
                    yield return new ResourceInfo(uri, entry.Length, entry.Version);
            }
        }
        finally
        {
            foreach (var (_, entries) in open)
                await entries.DisposeAsync().ConfigureAwait(false);
        }
    }

    private (ResourceUri Uri, IAsyncEnumerator<FileStatus> Entries) Enter(ResourceUri uri, NameNodes cluster, CancellationToken cancellationToken) =>
        (uri, InPathOrder(new HdfsLocation(uri, cluster, HdfsPath.OfDirectory(uri)), cancellationToken).GetAsyncEnumerator(cancellationToken));

    // A directory that went away since its name was seen has nothing below it.
    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<FileStatus> entries)
    {
        try
        {
            return await entries.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Entries in the order of whole paths, in which a directory's name goes on with a slash. They come by name, so a directory waits
    /// until a name that is after its own with the slash; of several that wait the last one is first.
    /// </summary>
    private async IAsyncEnumerable<FileStatus> InPathOrder(HdfsLocation at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new Stack<(byte[] Key, FileStatus Directory)>();
        await foreach (var entry in _client.EntriesAsync(at, cancellationToken).ConfigureAwait(false))
        {
            if (TemporaryName.Is(entry.PathSuffix))
                continue;
            var name = Encoding.UTF8.GetBytes(entry.PathSuffix);
            while (waiting.TryPeek(out var first) && first.Key.AsSpan().SequenceCompareTo(name) < 0)
                yield return waiting.Pop().Directory;
            if (entry.IsDirectory)
                waiting.Push(([.. name, (byte)'/'], entry));
            else
                yield return entry;
        }

        while (waiting.TryPop(out var last))
            yield return last.Directory;
    }
}
