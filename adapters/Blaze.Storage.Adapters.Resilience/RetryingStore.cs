using Blaze.Storage.Adapters.Resilience.Calls;
using Blaze.Storage.Adapters.Resilience.Listing;
using Blaze.Storage.Adapters.Resilience.Reading;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience;

/// <summary>
/// A store whose calls are repeated where that may help: after failures that are Transient, and after no answer within a
/// deadline. Whoever uses it repeats nothing.
/// <para>
/// <b>Pauses.</b> They grow exponentially and are random ("full jitter"). All callers draw on one budget, so a store that is
/// down is soon asked about once a second, not by every caller over and over. A store that asks for fewer requests gets fewer
/// from all callers of the same bucket or host together.
/// </para>
/// <para>
/// <b>An end.</b> A call is not repeated after <see cref="RetryOptions.TotalTime"/>, and no attempt outlasts its deadline. The one exception: an attempt that
/// was lent the caller's memory (a read, a put, a part) is told to end and then waited for, since it must not touch the memory later.
/// After giving up, the failure keeps its kind, and its message says how often and how long it was tried.
/// </para>
/// <para>
/// <b>Writes whose answer was lost.</b> What was done is not reported as refused: where a put that creates or updates, a completion or a
/// copy meets, after such a failure, its own result, it says so and returns its version. Its own is what lies there and has, byte for byte, the
/// content that was to be written (of parts that an earlier handle has put, only the length counts). Two things cannot be known: whether the very same content was
/// put there by another writer in the meantime, who is then told the same; and whether one's own was there and has been replaced since, which is
/// reported as a refusal. A delete says whether there was something when it began. An upload whose opening was not answered may stay behind, without
/// parts, until the store clears it away. Repeating an overwrite may replace what another writer has put there in between, and a request that was given up may
/// still arrive at a store later: who needs an order among writers puts with a mode, and contents that are unlike each other.
/// </para>
/// </summary>
public sealed partial class RetryingStore : IObjectStore, IDisposable
{
    private readonly IObjectStore _inner;
    private readonly RetriedCalls _calls;

    /// <summary>Creates the store.</summary>
    /// <param name="inner">The store that is asked; it must not repeat by itself. Disposed with this one, where it can be.</param>
    /// <param name="options">How often and how long, or null for the defaults.</param>
    /// <param name="timeProvider">The clock, or null for the system's.</param>
    /// <exception cref="Core.BlazeException">An option is out of range.</exception>
    public RetryingStore(IObjectStore inner, RetryOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _calls = new RetriedCalls((options ?? new RetryOptions()).Validated(), timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Scheme => _inner.Scheme;

    /// <inheritdoc/>
    public bool IsAtConfiguredEndpoint(ResourceUri uri) => _inner.IsAtConfiguredEndpoint(uri);

    /// <summary>How many repetitions there were so far.</summary>
    public long Repetitions => _calls.Repetitions;

    /// <inheritdoc/>
    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) =>
        _calls.RunAsync(_calls.Small(uri), attempt => _inner.StatAsync(uri, attempt.Token), cancellationToken);

    /// <inheritdoc/>
    public async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        var reader = await _calls.RunAsync(
            _calls.Small(uri), attempt => _inner.OpenAsync(uri, ifMatch, attempt.Token), cancellationToken, late: reader => reader.Dispose()).ConfigureAwait(false);
        return new RetryingReader(reader, _calls);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        ContinuedListing.ListAsync(_inner, prefix, filter, after: null, _calls, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken) =>
        ContinuedListing.ListAsync(_inner, prefix, filter, after, _calls, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        _calls.RunAsync(_calls.Small(uri), attempt => _inner.LocationsAsync(uri, range, attempt.Token), cancellationToken);

    /// <summary>Disposes the inner store, where it can be.</summary>
    public void Dispose()
    {
        _calls.Dispose();
        (_inner as IDisposable)?.Dispose();
    }
}
