using System.Runtime.CompilerServices;
using Blaze.Storage.Adapters.Resilience.Calls;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Listing;

/// <summary>
/// A listing that goes on after a failure, behind what was given already. Listings are in the order of their paths' bytes, so
/// nothing is given twice and nothing is left out. Each step is a call with attempts and time of its own.
/// </summary>
internal sealed class ContinuedListing : IAsyncDisposable
{
    private readonly IObjectStore _store;
    private readonly ResourceUri _prefix;
    private readonly ListFilter? _filter;
    private readonly RetriedCalls _calls;
    private Pages? _pages;
    private ResourceUri? _last;

    private ContinuedListing(IObjectStore store, ResourceUri prefix, ListFilter? filter, RetriedCalls calls)
    {
        _store = store;
        _prefix = prefix;
        _filter = filter;
        _calls = calls;
    }

    /// <param name="after">Where it starts, or null for the beginning.</param>
    public static async IAsyncEnumerable<ResourceInfo> ListAsync(
        IObjectStore store, ResourceUri prefix, ListFilter? filter, ResourceUri? after, RetriedCalls calls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var listing = new ContinuedListing(store, prefix, filter, calls) { _last = after };
        while (await listing.NextAsync(cancellationToken).ConfigureAwait(false) is { } info)
            yield return info;
    }

    public async ValueTask DisposeAsync()
    {
        if (_pages is { } pages)
            await pages.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<ResourceInfo?> NextAsync(CancellationToken cancellationToken)
    {
        var next = await _calls.RunAsync(_calls.Small(_prefix), NextOnceAsync, cancellationToken).ConfigureAwait(false);
        _last = next?.Uri;
        return next;
    }

    // An attempt owns the pages while it runs, and gives them back only while somebody waits for it.
    private async Task<ResourceInfo?> NextOnceAsync(Attempt attempt)
    {
        var pages = _pages ?? new Pages(_store, _prefix, _filter, _last);
        _pages = null;
        try
        {
            var next = await pages.NextAsync(attempt).ConfigureAwait(false);
            attempt.Token.ThrowIfCancellationRequested();
            _pages = pages;
            return next;
        }
        finally
        {
            if (_pages != pages)
                await pages.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One run through the store's own listing.</summary>
    private sealed class Pages : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ended = new();
        private readonly IAsyncEnumerator<ResourceInfo> _entries;

        public Pages(IObjectStore store, ResourceUri prefix, ListFilter? filter, ResourceUri? after)
        {
            var listing = after is null ? store.ListAsync(prefix, filter, _ended.Token) : store.ListAfterAsync(prefix, filter, after, _ended.Token);
            _entries = listing.GetAsyncEnumerator(_ended.Token);
        }

        public async Task<ResourceInfo?> NextAsync(Attempt attempt)
        {
            using var registration = attempt.Token.UnsafeRegister(static ended => ((CancellationTokenSource)ended!).Cancel(), _ended);
            return await _entries.MoveNextAsync().ConfigureAwait(false) ? _entries.Current : null;
        }

        public async ValueTask DisposeAsync()
        {
            await _entries.DisposeAsync().ConfigureAwait(false);
            _ended.Dispose();
        }
    }
}
