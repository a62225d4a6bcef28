using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>A channel that is heard, on whatever connection there is to the center. Its messages come one after the other, in their order.</summary>
internal sealed class CenterSubscription(RedisChannel channel, Action<RedisValue> onMessage)
{
    private readonly Lock _gate = new();
    private Task<ChannelMessageQueue>? _subscribed;
    private IConnectionMultiplexer? _on;
    private bool _isOver;

    /// <summary>Hears the channel on this connection from now on; ends once the center has said so. Once per connection, however often it is called.</summary>
    internal Task HearOnAsync(IConnectionMultiplexer multiplexer)
    {
        lock (_gate)
        {
            if (_isOver || _on == multiplexer)
                return _subscribed ?? Task.CompletedTask;
            _on = multiplexer;
            return _subscribed = BeginAsync(multiplexer.GetSubscriber());
        }
    }

    /// <summary>Stops hearing.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isOver = true;
            _ = EndAsync(_subscribed);
        }
    }

    // What the library throws at once is kept for whoever waits, too.
    private async Task<ChannelMessageQueue> BeginAsync(ISubscriber subscriber)
    {
        var queue = await subscriber.SubscribeAsync(channel);
        queue.OnMessage(message => onMessage(message.Message));
        return queue;
    }

    // Nobody waits for the answer: away from the server there is nothing to take back.
    private static async Task EndAsync(Task<ChannelMessageQueue>? subscribed)
    {
        if (subscribed is null)
            return;
        await ((Task)subscribed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (subscribed.IsCompletedSuccessfully)
            (await subscribed).Unsubscribe(CommandFlags.FireAndForget);
    }
}
