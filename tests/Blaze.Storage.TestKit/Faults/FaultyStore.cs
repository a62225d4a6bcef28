using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>Puts faults between a caller and a store, as a network would: by a plan, so that a run can be repeated.</summary>
public sealed class FaultyStore(IObjectStore inner, FaultPlan plan) : IObjectStore
{
    private int _faults;
    private int _hanging;

    /// <inheritdoc/>
    public string Scheme => inner.Scheme;

    /// <summary>How many faults there were.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <summary>How many calls are hanging.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    /// <summary>Called when a call begins to hang, on its thread: a test may move its clock.</summary>
    public Action<StoreFault>? OnHang { get; set; }

    /// <inheritdoc/>
    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) =>
        RunAsync(nameof(StatAsync), uri, () => inner.StatAsync(uri, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) => new FaultyReader(this, await RunAsync(
        nameof(OpenAsync), uri, () => inner.OpenAsync(uri, ifMatch, cancellationToken), cancellationToken, reader => reader.Dispose()));

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        ListAsync(prefix, inner.ListAsync(prefix, filter, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken) =>
        ListAsync(prefix, inner.ListAfterAsync(prefix, filter, after, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        RunAsync(nameof(PutAsync), uri, () => inner.PutAsync(uri, content, mode, cancellationToken), cancellationToken, lent: true);

    /// <inheritdoc/>
    public async Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) => new FaultyUpload(this, uri, await RunAsync(
        nameof(OpenMultipartAsync), uri, () => inner.OpenMultipartAsync(uri, mode, cancellationToken), cancellationToken, upload => upload.Leave()));

    /// <inheritdoc/>
    public async Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) => new FaultyUpload(this, uri, await RunAsync(
        nameof(ResumeMultipartAsync), uri, () => inner.ResumeMultipartAsync(uri, id, mode, cancellationToken), cancellationToken, upload => upload.Leave()));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) =>
        RunAsync(nameof(DeleteAsync), uri, () => inner.DeleteAsync(uri, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) =>
        RunAsync(nameof(CopyIfAbsentAsync), source, () => inner.CopyIfAbsentAsync(source, target, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        RunAsync(nameof(LocationsAsync), uri, () => inner.LocationsAsync(uri, range, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ResourceInfo> ListAsync(
        ResourceUri prefix, IAsyncEnumerable<ResourceInfo> listing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var entries = listing.GetAsyncEnumerator(cancellationToken);
        while (await RunAsync(nameof(ListAsync), prefix, () => entries.MoveNextAsync().AsTask(), cancellationToken))
            yield return entries.Current;
    }

    private Task RunAsync(string member, ResourceUri uri, Func<Task> call, CancellationToken cancellationToken, bool lent = false) => RunAsync(member, uri, async () =>
    {
        await call();
        return true;
    }, cancellationToken, lent: lent);

    /// <param name="drop">What is done with a result whose answer is lost.</param>
    /// <param name="lent">Whether the call was lent the caller's memory.</param>
    private async Task<T> RunAsync<T>(
        string member, ResourceUri uri, Func<Task<T>> call, CancellationToken cancellationToken, Action<T>? drop = null, bool lent = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fault = NextFault(member);
        if (fault == StoreFault.None)
            return await call();
        if (fault is StoreFault.AnswerLost or StoreFault.HangAfter)
        {
            var lost = await call();
            drop?.Invoke(lost);
        }

        if (fault is StoreFault.Hang or StoreFault.HangAfter)
            await HangAsync(fault, cancellationToken);
        if (fault == StoreFault.Stuck && !lent)
            await HangAsync(fault, CancellationToken.None);
        throw Failure(fault, uri);
    }

    private StoreFault NextFault(string member)
    {
        var fault = plan.Next(member);
        if (fault != StoreFault.None)
            Interlocked.Increment(ref _faults);
        return fault;
    }

    private async Task HangAsync(StoreFault fault, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _hanging);
        try
        {
            OnHang?.Invoke(fault);
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _hanging);
        }
    }

    private static ObjectStoreException Failure(StoreFault fault, ResourceUri uri) => new(
        ObjectStoreErrorKind.Transient, $"'{uri.Display}' failed on purpose ({fault}); try again.", uri.Scheme, uri)
    {
        IsThrottled = fault == StoreFault.Throttled,
    };

    private sealed class FaultyReader(FaultyStore store, IRangeReader inner) : IRangeReader
    {
        public ResourceInfo Info => inner.Info;

        public int ReadSize => inner.ReadSize;

        public long RemoteBytes => inner.RemoteBytes;

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fault = store.NextFault(nameof(ReadAsync));
            if (fault == StoreFault.None)
                return await inner.ReadAsync(offset, buffer, cancellationToken);
            // A read that fails may have filled any part of the buffer with anything.
            buffer.Span.Fill(0xEE);
            if (fault == StoreFault.CutShort)
                return await inner.ReadAsync(offset, buffer[..(buffer.Length / 2)], cancellationToken);
            if (fault is StoreFault.Hang or StoreFault.HangAfter)
                await store.HangAsync(fault, cancellationToken);
            throw Failure(fault, Info.Uri);
        }

        public async ValueTask VerifyAsync(CancellationToken cancellationToken) => await store.RunAsync(
            nameof(VerifyAsync), Info.Uri, () => inner.VerifyAsync(cancellationToken).AsTask(), cancellationToken);

        public void Dispose() => inner.Dispose();
    }

    private sealed class FaultyUpload(FaultyStore store, ResourceUri uri, IMultipartUpload inner) : IMultipartUpload
    {
        public string Id => inner.Id;

        public IReadOnlyCollection<int> Parts => inner.Parts;

        public void Leave() => inner.Leave();

        public Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            store.RunAsync(nameof(PutPartAsync), uri, () => inner.PutPartAsync(number, content, cancellationToken), cancellationToken, lent: true);

        public Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken) =>
            store.RunAsync(nameof(CompleteAsync), uri, () => inner.CompleteAsync(cancellationToken), cancellationToken);

        public Task AbortAsync(CancellationToken cancellationToken) =>
            store.RunAsync(nameof(AbortAsync), uri, () => inner.AbortAsync(cancellationToken), cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
