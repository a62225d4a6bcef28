using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.Transfer;
using Blaze.Storage.Transfer.Buffers;

namespace Blaze.Storage.Client.Futures;

/// <summary>The values that workers keep, as a client gets at them.</summary>
internal sealed class RemoteValues(CenterConnection center, ClusterKey? clusterKey, TimeProvider time) : IDisposable
{
    // Buffers kept for the next value.
    private const long IdleBytes = 256 << 20;

    private readonly BufferPool _pool = new(IdleBytes);
    private readonly SemaphoreSlim _starting = new(1);
    private PeerClient? _client;
    private PeerFetcher? _fetcher;

    /// <summary>Gets a value from one of the workers that hold it.</summary>
    /// <param name="key">The key; it may stand for another one's value.</param>
    /// <param name="location">Where it is.</param>
    /// <param name="isLast">Whether to fail where it cannot be had.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The value; null where it is to be taken as lost.</returns>
    /// <exception cref="PeerException">The workers refuse it, or it cannot be had and this was the last attempt.</exception>
    public async Task<PeerValue?> TryGetAsync(string key, ResultLocation location, bool isLast, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _fetcher!.GetAsync(key, location.Workers, location.Checksum, cancellationToken).ConfigureAwait(false);
        }
        catch (PeerException problem) when (problem.Kind == PeerErrorKind.ValueMissing)
        {
            // A call that called on others has its value under the key of one of these.
            var name = (await center.Tasks.ResolveAsync([key], cancellationToken).ConfigureAwait(false))[0];
            if (name != key)
                return await TryGetAsync(name, location, isLast, cancellationToken).ConfigureAwait(false);
            if (isLast)
                throw;
            return null;
        }
        catch (PeerException problem) when (problem.Kind != PeerErrorKind.Refused && !isLast)
        {
            return null;
        }
    }

    /// <summary>Where a worker listens; null for one that is gone or does not.</summary>
    public async Task<Uri?> AddressAsync(string worker, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _fetcher!.AddressAsync(worker, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The means to talk to workers.</summary>
    public async ValueTask<PeerClient> ClientAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return _client!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client?.Dispose();
        _pool.Dispose();
        _starting.Dispose();
    }

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_fetcher is not null)
            return;
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_fetcher is not null)
                return;
            var key = clusterKey ?? ClusterKey.Parse(await center.Workers.PeerSecretAsync(cancellationToken).ConfigureAwait(false));
            _client = new PeerClient(new PeerClientOptions { Token = PeerToken.Of(key), TimeProvider = time }, _pool);
            _fetcher = new PeerFetcher(_client, FindAsync, time);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<Uri?> FindAsync(string worker, CancellationToken cancellationToken)
    {
        var found = await center.Workers.DescribeAsync([worker], cancellationToken).ConfigureAwait(false);
        return found[0] is { } info ? WorkerDescription.Parse(info).PeerAddress : null;
    }
}
