using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>
/// The client library's connection to the center, and another one in its place once it has fallen silent. The library connects again
/// by itself where a connection breaks; one on which packets only stop arriving it keeps for as long as the system does, which is a quarter of an hour.
/// </summary>
internal sealed class CenterLink : IAsyncDisposable
{
    private readonly CenterAddress _address;
    private readonly CenterOptions _options;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<CenterSubscription> _subscriptions = [];
    private readonly Task _watching;
    private volatile ConnectionMultiplexer _current;
    private long _lastAnswer;
    private int _isDisposed;

    private CenterLink(ConnectionMultiplexer multiplexer, CenterAddress address, CenterOptions options)
    {
        _current = multiplexer;
        _address = address;
        _options = options;
        _lastAnswer = options.Time.GetTimestamp();
        _watching = WatchAsync(_end.Token);
    }

    /// <summary>The commands, on the connection of this moment.</summary>
    internal IDatabase Database => _current.GetDatabase();

    /// <exception cref="CenterException">The center does not let us in; the kind says why.</exception>
    internal static async Task<CenterLink> OpenAsync(CenterAddress address, CenterOptions options, CancellationToken cancellationToken) =>
        new(await CenterDialer.OpenAsync(address, options, cancellationToken), address, options);

    /// <summary>Hears a channel until disposed, on this connection and on those that follow it. The failures are the library's.</summary>
    internal async Task<IAsyncDisposable> SubscribeAsync(RedisChannel channel, Action<RedisValue> onMessage, CancellationToken cancellationToken)
    {
        var subscription = new CenterSubscription(channel, onMessage);
        lock (_gate)
            _subscriptions.Add(subscription);
        try
        {
            // A connection that came meanwhile may have been given its subscriptions before this one was there.
            for (ConnectionMultiplexer? heardOn = null; heardOn != _current;)
                await subscription.HearOnAsync(heardOn = _current).WaitAsync(_options.AnswerTimeout, _options.Time, cancellationToken);
        }
        catch
        {
            Forget(subscription);
            throw;
        }

        return new Hearing(this, subscription);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _end.CancelAsync();
        await _watching;
        await CenterDialer.CloseAsync(_current);
        _end.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.AnswerTimeout / 2, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (!await AnswersAsync(_current, cancellationToken) && _options.Time.GetElapsedTime(_lastAnswer) >= _options.AnswerTimeout)
                    await ReplaceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is closed.
        }
    }

    // Commands and messages have a socket each, and either may fall silent.
    private async Task<bool> AnswersAsync(ConnectionMultiplexer multiplexer, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(multiplexer.GetDatabase().PingAsync(), multiplexer.GetSubscriber().PingAsync())
                .WaitAsync(_options.AnswerTimeout, _options.Time, cancellationToken);
            _lastAnswer = _options.Time.GetTimestamp();
            return true;
        }
        catch (Exception exception) when (CenterErrors.Translate(exception, _address) is not null)
        {
            return false;
        }
    }

    // Only a center that answers a new connection makes the old one worse than slow: while it answers nobody, the old one stays.
    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        ConnectionMultiplexer fresh;
        try
        {
            fresh = await CenterDialer.OpenAsync(_address, _options, cancellationToken);
        }
        catch (CenterException)
        {
            return;
        }

        var unused = fresh;
        try
        {
            if (await AnswersAsync(fresh, cancellationToken) && await TryHearOnAsync(fresh, cancellationToken))
                (unused, _current) = (_current, fresh);
        }
        finally
        {
            await CenterDialer.CloseAsync(unused);
        }
    }

    private async Task<bool> TryHearOnAsync(ConnectionMultiplexer multiplexer, CancellationToken cancellationToken)
    {
        CenterSubscription[] all;
        lock (_gate)
            all = [.. _subscriptions];
        try
        {
            await Task.WhenAll(all.Select(one => one.HearOnAsync(multiplexer))).WaitAsync(_options.AnswerTimeout, _options.Time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (CenterErrors.Translate(exception, _address) is not null)
        {
            return false;
        }
    }

    private void Forget(CenterSubscription subscription)
    {
        lock (_gate)
            _subscriptions.Remove(subscription);
        subscription.End();
    }

    private sealed class Hearing(CenterLink link, CenterSubscription subscription) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            link.Forget(subscription);
            return ValueTask.CompletedTask;
        }
    }
}
