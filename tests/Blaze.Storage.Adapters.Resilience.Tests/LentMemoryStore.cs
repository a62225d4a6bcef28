using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>A store with one resource, whose reads notice that they are told to end, and end only when the test says so.</summary>
internal sealed class LentMemoryStore : IObjectStore, IDisposable
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Scheme => "memory";

    /// <summary>Ends when a read was told to end.</summary>
    public Task Told => _told.Task;

    public bool IsDisposed { get; private set; }

    public void LetGo() => _letGo.SetResult();

    public Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) =>
        Task.FromResult<IRangeReader>(new Reader(this, new ResourceInfo(uri, 10, "1")));

    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public void Dispose() => IsDisposed = true;

    private sealed class Reader(LentMemoryStore store, ResourceInfo info) : IRangeReader
    {
        public ResourceInfo Info => info;

        public int ReadSize => 10;

        public long RemoteBytes => 0;

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => store._told.TrySetResult());
            await store._letGo.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return buffer.Length;
        }

        public ValueTask VerifyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Dispose()
        {
        }
    }
}
