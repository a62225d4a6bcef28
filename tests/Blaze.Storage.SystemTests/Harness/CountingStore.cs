using System.Collections.Concurrent;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>
/// Passes everything to a store and keeps account of the bytes that really were read, by resource. A test may act before a read
/// of its choice, for example to change the file just then.
/// </summary>
internal sealed class CountingStore(IObjectStore inner) : ForwardingStore(inner)
{
    private readonly ConcurrentBag<(ResourceUri Uri, ByteRange Range)> _reads = [];

    public IReadOnlyCollection<(ResourceUri Uri, ByteRange Range)> Reads => _reads;

    public long BytesRead => _reads.Sum(read => read.Range.Length);

    /// <summary>Called before every read with its number, from 0; on the thread that reads.</summary>
    public Action<int>? BeforeRead { get; set; }

    private int _started = -1;

    public void Forget()
    {
        _reads.Clear();
        Interlocked.Exchange(ref _started, -1);
    }

    public override async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) =>
        new CountingReader(this, await base.OpenAsync(uri, ifMatch, cancellationToken));

    private void Count(ResourceUri uri, long offset, int length) => _reads.Add((uri, new ByteRange(offset, offset + length)));

    private sealed class CountingReader(CountingStore store, IRangeReader inner) : IRangeReader
    {
        public ResourceInfo Info => inner.Info;

        public int ReadSize => inner.ReadSize;

        public long RemoteBytes => inner.RemoteBytes;

        public int Read(long offset, Span<byte> buffer)
        {
            store.BeforeRead?.Invoke(Interlocked.Increment(ref store._started));
            var read = inner.Read(offset, buffer);
            store.Count(Info.Uri, offset, read);
            return read;
        }

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            store.BeforeRead?.Invoke(Interlocked.Increment(ref store._started));
            var read = await inner.ReadAsync(offset, buffer, cancellationToken);
            store.Count(Info.Uri, offset, read);
            return read;
        }

        public void Verify() => inner.Verify();

        public ValueTask VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

        public void Dispose() => inner.Dispose();
    }
}
