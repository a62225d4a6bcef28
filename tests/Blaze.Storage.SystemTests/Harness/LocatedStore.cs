using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>
/// One host's view of a cluster of hosts that hold the blocks of every resource in turn: block i lies on the hosts i, i + 1, … A read
/// of a block that is not on this host is remote.
/// </summary>
/// <param name="inner">Where the bytes really are.</param>
/// <param name="hosts">The hosts.</param>
/// <param name="thisHost">The one that reads.</param>
/// <param name="blockSize">The size of a block in bytes.</param>
/// <param name="replicas">How many hosts hold a block.</param>
internal sealed class LocatedStore(IObjectStore inner, IReadOnlyList<string> hosts, string thisHost, long blockSize, int replicas) : ForwardingStore(inner)
{
    private long _local;
    private long _remote;

    public long LocalBytes => Interlocked.Read(ref _local);

    public long RemoteBytes => Interlocked.Read(ref _remote);

    /// <summary>What asking for locations ends in, instead of an answer.</summary>
    public Exception? Problem { get; init; }

    public override Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken)
    {
        if (Problem is not null)
            return Task.FromException<IReadOnlyList<LocatedRange>>(Problem);
        var located = new List<LocatedRange>();
        for (var block = range.Start / blockSize; block * blockSize < range.End; block++)
            located.Add(new LocatedRange(new ByteRange(block * blockSize, (block + 1) * blockSize).Intersect(range), HostsOf(block)));
        return Task.FromResult<IReadOnlyList<LocatedRange>>(located);
    }

    public override async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) =>
        new Reader(this, await base.OpenAsync(uri, ifMatch, cancellationToken));

    private string[] HostsOf(long block) => [.. Enumerable.Range(0, replicas).Select(replica => hosts[(int)((block + replica) % hosts.Count)])];

    private long RemotePartOf(ByteRange range)
    {
        var remote = 0L;
        for (var block = range.Start / blockSize; block * blockSize < range.End; block++)
        {
            if (!HostsOf(block).Contains(thisHost))
                remote += new ByteRange(block * blockSize, (block + 1) * blockSize).Intersect(range).Length;
        }

        Interlocked.Add(ref _remote, remote);
        Interlocked.Add(ref _local, range.Length - remote);
        return remote;
    }

    private sealed class Reader(LocatedStore store, IRangeReader inner) : IRangeReader
    {
        private long _remote;

        public ResourceInfo Info => inner.Info;

        public int ReadSize => inner.ReadSize;

        public long RemoteBytes => Interlocked.Read(ref _remote);

        public int Read(long offset, Span<byte> buffer) => Count(offset, inner.Read(offset, buffer));

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
            Count(offset, await inner.ReadAsync(offset, buffer, cancellationToken));

        public void Verify() => inner.Verify();

        public ValueTask VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

        public void Dispose() => inner.Dispose();

        private int Count(long offset, int read)
        {
            Interlocked.Add(ref _remote, store.RemotePartOf(new ByteRange(offset, offset + read)));
            return read;
        }
    }
}
