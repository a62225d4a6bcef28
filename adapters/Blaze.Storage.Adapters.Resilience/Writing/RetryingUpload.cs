using System.Collections.Concurrent;
using Blaze.Storage.Adapters.Resilience.Calls;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Writing;

/// <summary>Repeats the calls of an upload, and recognises its own completion where the answer to it was lost.</summary>
internal sealed class RetryingUpload(IObjectStore store, IMultipartUpload inner, ResourceUri uri, RetriedCalls calls) : IMultipartUpload
{
    /// <summary>How long an upload that is dropped on the way out of a failure may take to say so to the store.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, PartPrint> _prints = new();
    private volatile bool _ended;

    public string Id => inner.Id;

    public IReadOnlyCollection<int> Parts => inner.Parts;

    public void Leave()
    {
        _ended = true;
        inner.Leave();
    }

    public async Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await calls.RunAsync(calls.Moving(uri, content.Length), async attempt =>
        {
            await inner.PutPartAsync(number, content, attempt.Token).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        _prints[number] = PartPrint.Of(content.Span);
    }

    public async Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken)
    {
        var before = await StatOrNullAsync(cancellationToken).ConfigureAwait(false);
        var call = calls.Completing(uri, _prints.Values.Sum(part => part.Length));
        ObjectStoreException? lost = null;
        try
        {
            var written = await calls.RunAsync(call, attempt => CompleteOnceAsync(attempt, failure => lost = failure), cancellationToken).ConfigureAwait(false);
            _ended = true;
            return written;
        }
        catch (Exception refusal) when (call.MayHaveHappened && IsWhatFollowsACompletion(refusal))
        {
            if (await OwnCompletionAsync(before, cancellationToken).ConfigureAwait(false) is { } written)
            {
                _ended = true;
                return written;
            }

            // That the handle has ended says nothing about the store; the failure that ended it does.
            if (refusal is ObjectDisposedException && lost is not null)
                throw lost;
            throw;
        }
    }

    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        await calls.RunAsync(calls.Small(uri), async attempt =>
        {
            await inner.AbortAsync(attempt.Token).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
            await SayFarewellAsync().ConfigureAwait(false);
        await inner.DisposeAsync().ConfigureAwait(false);
    }

    private async Task SayFarewellAsync()
    {
        using var deadline = calls.Deadline(FarewellTime);
        try
        {
            await AbortAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ObjectStoreException or OperationCanceledException)
        {
            // The failure that led here matters more. Parts that stay behind are cleared away by the store's own rules.
            _ended = true;
        }
    }

    private async Task<ResourceInfo> CompleteOnceAsync(Attempt attempt, Action<ObjectStoreException> onFailure)
    {
        try
        {
            return await inner.CompleteAsync(attempt.Token).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.Transient)
        {
            onFailure(failure);
            throw;
        }
    }

    private static bool IsWhatFollowsACompletion(Exception refusal) => refusal is ObjectDisposedException or ObjectStoreException
    {
        Kind: ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.AlreadyExists or ObjectStoreErrorKind.PreconditionFailed,
    };

    // Of parts that an earlier handle has put nothing is known: then a new version, at least as long as the known parts, must do.
    private async Task<ResourceInfo?> OwnCompletionAsync(ResourceInfo? before, CancellationToken cancellationToken)
    {
        var after = await StatOrNullAsync(cancellationToken).ConfigureAwait(false);
        if (after is null || after == before)
            return null;
        var prints = _prints.OrderBy(part => part.Key).Select(part => part.Value).ToList();
        if (inner.Parts.Any(number => !_prints.ContainsKey(number)))
            return after.Length >= prints.Sum(part => part.Length) ? after : null;
        return await OwnWrite.FindAsync(store, uri, prints, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ResourceInfo?> StatOrNullAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.StatAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.NotFound)
        {
            return null;
        }
    }
}
