using System.Collections.Concurrent;
using Blaze.Storage.Center.Scripts;
using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>The server behind a connection: every command passes here, so that every failure gets its kind in one place.</summary>
internal sealed class CenterServer
{
    private readonly CenterLink _link;
    private readonly CenterAddress _address;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    internal CenterServer(CenterLink link, CenterAddress address, CenterOptions options)
    {
        _link = link;
        _address = address;
        Options = options;
    }

    internal CenterOptions Options { get; }

    /// <summary>Runs a script and returns its reply, the status first.</summary>
    internal async Task<RedisResult[]> EvaluateAsync(CenterScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        if (keys.Length != script.KeyCount)
            throw new InvalidOperationException($"The script {script.Name} takes {script.KeyCount} keys, not {keys.Length}.");
        var reply = await RunAsync(database => EvaluateAsync(database, script, keys, arguments), cancellationToken);
        return (RedisResult[]?)reply ?? throw new CenterException(CenterErrorKind.Server, $"The center at {_address} gave no reply to {script.Name}.");
    }

    /// <summary>Hears a channel until disposed.</summary>
    internal Task<IAsyncDisposable> SubscribeAsync(RedisChannel channel, Action<RedisValue> onMessage, CancellationToken cancellationToken) =>
        RunAsync(_ => _link.SubscribeAsync(channel, onMessage, cancellationToken), cancellationToken);

    /// <summary>Runs commands, waits no longer than the options say, and turns failures into <see cref="CenterException"/>.</summary>
    internal async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await command(_link.Database).WaitAsync(Options.AnswerTimeout, Options.Time, cancellationToken);
        }
        catch (Exception exception) when (CenterErrors.Translate(exception, _address) is { } translated)
        {
            throw translated;
        }
    }

    // The client library looks a text up among those the server knows, at every call, which means to go through all of it. The first call gives the text nevertheless: those that are
    // made after it without waiting, perhaps hundreds, come to the server after it, which knows the script then.
    private async Task<RedisResult> EvaluateAsync(IDatabase database, CenterScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        if (!_known.TryAdd(script.Name, true))
        {
            try
            {
                return await database.ScriptEvaluateAsync(script.Hash, keys, arguments);
            }
            catch (RedisServerException unknown) when (unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                // Another server answers, or this one has started again.
            }
        }

        return await database.ScriptEvaluateAsync(script.Text, keys, arguments);
    }
}
