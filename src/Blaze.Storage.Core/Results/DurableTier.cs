using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Core.Results;

/// <summary>
/// Results of chunks, kept in an object store: <c>&lt;root&gt;/&lt;what&gt;/&lt;what&gt;.&lt;start&gt;_&lt;end&gt;</c>, each with its seal
/// (<see cref="SealedValue"/>). Values of equal names are equal, so writing one again is harmless, and one that cannot be read
/// is no failure but a value to be computed again. Safe for use by several threads and processes.
/// </summary>
public sealed class DurableTier
{
    private const int Attempts = 3;
    private readonly IObjectStore _store;
    private readonly ResourceUri _root;
    private long _damaged;

    /// <summary>Creates the tier; nothing is read or written yet.</summary>
    public DurableTier(IObjectStore store, ResourceUri root)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(root);
        _store = store;
        _root = root;
    }

    /// <summary>Raised when a value was found that cannot be used; on the thread that asked for it.</summary>
    public event EventHandler<DamagedValue>? Damaged;

    /// <summary>Raised when the tier could not be listed or written; on the thread that asked for it, before the call fails.</summary>
    public event EventHandler<TierUnavailableException>? Unavailable;

    /// <summary>How many values were found that could not be used.</summary>
    public long DamagedCount => Interlocked.Read(ref _damaged);

    /// <summary>Where the values lie.</summary>
    public ResourceUri Root => _root;

    /// <summary>The ranges for which a value of <paramref name="what"/> lies in the tier, in no order that means anything.</summary>
    /// <exception cref="TierUnavailableException">The store cannot list.</exception>
    public async IAsyncEnumerable<ByteRange> ListAsync(string what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var listing = _store.ListAsync(FolderOf(what), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(listing).ConfigureAwait(false))
        {
            if (ChunkKey.TryParse(listing.Current.Uri.Name, out var key) && key.What == what)
                yield return key.Range;
        }
    }

    /// <summary>
    /// A value's body, or null where there is none that can be used. A corrupt or cut one is reported, removed if possible,
    /// and then is missing like any other.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(ChunkKey key, CancellationToken cancellationToken)
    {
        var uri = LocationOf(key);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var bytes = await _store.GetAsync(uri, null, cancellationToken).ConfigureAwait(false);
                if (SealedValue.TryUnseal(key.ToString(), bytes, out var body))
                    return body;
                Report(key, "its checksum does not fit");
                await RemoveAsync(uri, cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
            {
                return null;
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.PreconditionFailed && attempt < Attempts)
            {
                // Another process replaced the value by its equal while this one read it.
            }
            catch (ObjectStoreException failure)
            {
                Report(key, failure.Message);
                return null;
            }
        }
    }

    /// <summary>Writes a value, all or nothing.</summary>
    /// <exception cref="TierUnavailableException">It cannot be written: no permission, no space, no such place.</exception>
    public async Task PutAsync(ChunkKey key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await _store.PutAsync(LocationOf(key), SealedValue.Seal(key.ToString(), body.Span), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure)
        {
            throw Failed(failure);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ResourceInfo> listing)
    {
        try
        {
            return await listing.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ObjectStoreException failure)
        {
            throw Failed(failure);
        }
    }

    private async Task RemoveAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        try
        {
            await _store.DeleteAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // The value that replaces it overwrites it; where that is refused as well, the put says so.
        }
    }

    private TierUnavailableException Failed(ObjectStoreException failure)
    {
        var problem = new TierUnavailableException(_root, failure);
        Unavailable?.Invoke(this, problem);
        return problem;
    }

    private void Report(ChunkKey key, string reason)
    {
        Interlocked.Increment(ref _damaged);
        Damaged?.Invoke(this, new DamagedValue(key, reason));
    }

    private ResourceUri FolderOf(string what)
    {
        if (what.Length == 0 || !what.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"'{what}' is not the first part of a chunk's key.", nameof(what));
        return _root.Append(what);
    }

    private ResourceUri LocationOf(ChunkKey key) => FolderOf(key.What).Append(key.ToString());
}
