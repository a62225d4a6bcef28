using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>
/// Reads by path, each piece with requests of its own. HDFS has no conditional read: that the bytes are of the version opened is known
/// once <see cref="VerifyAsync"/> has said so.
/// </summary>
internal sealed class HdfsRangeReader(WebHdfsClient client, ThisHost thisHost, HdfsLocation at, FileStatus opened, int readSize) : IRangeReader
{
    private const long SmallestBlock = 64 * 1024;
    private long _remoteBytes;

    public ResourceInfo Info { get; } = new(at.Uri, opened.Length, opened.Version);

    public int ReadSize => readSize;

    public long RemoteBytes => Interlocked.Read(ref _remoteBytes);

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        var wanted = buffer[..(int)Math.Clamp(Info.Length - offset, 0, buffer.Length)];
        for (var done = 0; done < wanted.Length;)
        {
            var piece = wanted.Slice(done, (int)Math.Min(wanted.Length - done, UpToBlockEnd(offset + done)));
            await ReadPieceAsync(offset + done, piece, cancellationToken).ConfigureAwait(false);
            done += piece.Length;
        }

        return wanted.Length;
    }

    public async ValueTask VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            if ((await client.StatusAsync(at, cancellationToken).ConfigureAwait(false)).Version != Info.Version)
                throw ObjectStoreException.Changed(Info.Uri);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            throw ObjectStoreException.Changed(Info.Uri);
        }
    }

    public void Dispose()
    {
        // There is nothing open between two reads.
    }

    // A request within one block is served by a node that has it.
    private long UpToBlockEnd(long offset) => opened.BlockSize >= SmallestBlock ? opened.BlockSize - (offset % opened.BlockSize) : long.MaxValue;

    private async Task ReadPieceAsync(long offset, Memory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.OpenAsync(at, offset, piece.Length, cancellationToken).ConfigureAwait(false);
            await FillAsync(answer, piece).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            throw ObjectStoreException.Changed(Info.Uri);
        }
        catch (ObjectStoreException failure) when (failure.InnerException is RemoteException refusal && refusal.Message.Contains("out of the range", StringComparison.Ordinal))
        {
            // The file has become shorter, or was replaced by a shorter one; if not, the node is at fault.
            await VerifyAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task FillAsync(NodeAnswer answer, Memory<byte> piece)
    {
        var isRemote = !thisHost.Is(answer.Address.Host);
        var node = answer.Address.Authority;
        try
        {
            for (var done = 0; done < piece.Length;)
            {
                var read = await answer.ReadAsync(piece[done..]).ConfigureAwait(false);
                if (read == 0)
                    throw HdfsErrors.Of(ObjectStoreErrorKind.Transient, Info.Uri, $"could not be read: '{node}' sent {done} of {piece.Length} bytes; try again");
                if (isRemote)
                    Interlocked.Add(ref _remoteBytes, read);
                done += read;
            }
        }
        catch (NodeException failure)
        {
            throw HdfsErrors.Unreached(failure, node, at);
        }
    }
}
