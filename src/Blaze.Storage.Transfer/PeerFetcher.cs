using System.Collections.Concurrent;

namespace Blaze.Storage.Transfer;

/// <summary>
/// Gets values from workers that are known by name: from any of those that hold one, and once more from the start where they were only out of reach.
/// Thread-safe.
/// </summary>
public sealed class PeerFetcher
{
    private const int Rounds = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly PeerClient _client;
    private readonly Func<string, CancellationToken, Task<Uri?>> _find;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a fetcher.</summary>
    /// <param name="client">What it gets values with; stays the caller's to dispose.</param>
    /// <param name="find">Where a worker listens; null for one that is gone or does not listen. A worker's address never changes.</param>
    /// <param name="timeProvider">The clock.</param>
    public PeerFetcher(PeerClient client, Func<string, CancellationToken, Task<Uri?>> find, TimeProvider timeProvider)
    {
        _client = client;
        _find = find;
        _timeProvider = timeProvider;
    }

    /// <summary>Gets a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="workers">Who is said to hold it.</param>
    /// <param name="checksum">The CRC-32C of its bytes: what is something else is as good as nothing.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="PeerException">None of the workers gave it; <see cref="PeerErrorKind.Refused"/> where asking is of no use, else it is to be taken as lost.</exception>
    public async Task<PeerValue> GetAsync(string key, IReadOnlyList<string> workers, uint checksum, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workers);
        var problem = new PeerException(PeerErrorKind.ValueMissing, $"No worker is known to hold '{key}'.");
        for (var round = 0; round < Rounds; round++)
        {
            if (round > 0)
                await Task.Delay(Pause, _timeProvider, cancellationToken).ConfigureAwait(false);
            var isOutOfReach = false;
            // Not all begin with the same one.
            foreach (var worker in workers.Count == 1 ? workers : [.. workers.OrderBy(_ => Random.Shared.Next())])
            {
                try
                {
                    return await GetAsync(key, worker, checksum, cancellationToken).ConfigureAwait(false);
                }
                catch (PeerException failure) when (failure.Kind != PeerErrorKind.Refused)
                {
                    problem = failure;
                    isOutOfReach |= failure.Kind == PeerErrorKind.Unavailable;
                }
            }

            if (!isOutOfReach)
                break;
        }

        throw problem;
    }

    /// <summary>Where a worker listens; null for one that is gone or does not listen.</summary>
    public async Task<Uri?> AddressAsync(string worker, CancellationToken cancellationToken)
    {
        if (_addresses.TryGetValue(worker, out var known))
            return known;
        var address = await _find(worker, cancellationToken).ConfigureAwait(false);
        if (address is not null)
            _addresses[worker] = address;
        return address;
    }

    private async Task<PeerValue> GetAsync(string key, string worker, uint checksum, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(worker, cancellationToken).ConfigureAwait(false)
            ?? throw new PeerException(PeerErrorKind.ValueMissing, $"The worker '{worker}', which held '{key}', is gone.");
        var value = await _client.GetAsync(address, key, cancellationToken).ConfigureAwait(false);
        if (value.Checksum == checksum)
            return value;
        value.Dispose();
        throw new PeerException(PeerErrorKind.Corrupt, $"What the worker at {address.Authority} has as '{key}' is not the value that was asked for.");
    }
}
