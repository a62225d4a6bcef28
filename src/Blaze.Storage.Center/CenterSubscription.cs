using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>A channel that is heard, on whatever connection there is to the center.</summary>
internal sealed class CenterSubscription(RedisChannel channel, Action<RedisValue> onMessage)
{
    private readonly Lock _gate = new();
    private ISubscriber? _subscriber;
    private Task _subscribed = Task.CompletedTask;
    private IConnectionMultiplexer? _on;
    private bool _isOver;

    /// <summary>Hears the channel on this connection from now on; ends once the center has said so. Once per connection, however often it is called.</summary>
    internal Task HearOnAsync(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (_isOver || _on == multiplexer)
                return _subscribed;
            _on = multiplexer;
            _subscriber = multiplexer.GetSubscriber();
            return _subscribed = BeginAsync(_subscriber);
        }
    }

    /// <summary>Stops hearing.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isOver = true;
            // Nobody waits for the answer: away from the server there is nothing to take back.
            _subscriber?.Unsubscribe(channel, Handle, CommandFlags.FireAndForget);
        }
    }

    // What the library throws at once is kept for whoever waits, too.
    private async Task BeginAsync(ISubscriber subscriber) => await subscriber.SubscribeAsync(channel, Handle);

    private void Handle(RedisChannel from, RedisValue message) => onMessage(message);
}
