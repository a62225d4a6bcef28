using Blaze.Storage.Core.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Sessions;

public sealed partial class SessionTable
{
    // Values of 64 KiB each make a page of megabytes.
    private const int ResultPage = 64;
    private const int StatePage = 512;

    /// <summary>How tasks stand, in the order asked. Reads only; this, not the messages, is the truth.</summary>
    public async Task<IReadOnlyList<TaskResult>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var results = new List<TaskResult>(keys.Count);
        foreach (var page in keys.Chunk(ResultPage))
            results.AddRange(await ReadAsync([.. page.Select(key => (RedisValue)key)], cancellationToken));
        return results;
    }

    /// <summary>How tasks stand, as <see cref="GetAsync"/> says it, but for values, which are not read and so never there.</summary>
    public async Task<IReadOnlyList<TaskResult>> GetStatesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var results = new List<TaskResult>(keys.Count);
        foreach (var page in keys.Chunk(StatePage))
        {
            RedisValue[] fields = [.. page.Select(key => (RedisValue)key)];
            var states = await StatesAsync(fields, cancellationToken);
            var errors = await ErrorsAsync(states, fields, cancellationToken);
            results.AddRange(states.Select((state, index) => ResultOf(state, RedisValue.Null, errors[index])));
        }

        return results;
    }

    /// <summary>Hears of ended tasks that the session asked for, until disposed. Calls come on a thread of the connection, one after the other.</summary>
    /// <exception cref="CenterException">The center does not answer.</exception>
    public Task<IAsyncDisposable> ListenAsync(string session, Action<FinishedTasks> onFinished, CancellationToken cancellationToken)
    {
        Tasks.TaskArguments.CheckSession(session);
        ArgumentNullException.ThrowIfNull(onFinished);
        return _server.SubscribeAsync(
            _keys.FinishedChannel(session), message => onFinished(ResultText.ReadFinished((byte[]?)message ?? [])), cancellationToken);
    }

    // The state is read first: what is done then has its value in what is read after it, unless it was removed meanwhile.
    private async Task<TaskResult[]> ReadAsync(RedisValue[] keys, CancellationToken cancellationToken)
    {
        var standing = StatesAsync(keys, cancellationToken);
        var aliases = _server.RunAsync(database => database.HashGetAsync(_keys.Aliases, keys), cancellationToken);
        var values = _server.RunAsync(database => database.HashGetAsync(_keys.Results, keys), cancellationToken);
        await Task.WhenAll(standing, aliases, values);
        var states = await standing;
        var found = await values;
        await FillAsync(_keys.Results, Where(states, TaskState.Done, await aliases), found, cancellationToken);
        var errors = await ErrorsAsync(states, keys, cancellationToken);
        return [.. keys.Select((_, index) => ResultOf(states[index], found[index], errors[index]))];
    }

    private async Task<TaskState[]> StatesAsync(RedisValue[] keys, CancellationToken cancellationToken) => Array.ConvertAll(
        await _server.RunAsync(database => database.HashGetAsync(_keys.Tasks, keys), cancellationToken),
        line => line.IsNull ? TaskState.Cancelled : ResultText.StateOf((char)((byte[])line!)[0]));

    private async Task<RedisValue[]> ErrorsAsync(TaskState[] states, RedisValue[] keys, CancellationToken cancellationToken)
    {
        var errors = new RedisValue[keys.Length];
        await FillAsync(_keys.Errors, Where(states, TaskState.Failed, keys), errors, cancellationToken);
        return errors;
    }

    private static RedisValue[] Where(TaskState[] states, TaskState state, RedisValue[] names) =>
        [.. names.Select((name, index) => states[index] == state ? name : RedisValue.Null)];

    // Reads the fields that are named, each to its place.
    private async Task FillAsync(RedisKey hash, RedisValue[] names, RedisValue[] places, CancellationToken cancellationToken)
    {
        int[] wanted = [.. Enumerable.Range(0, names.Length).Where(index => !names[index].IsNull)];
        if (wanted.Length == 0)
            return;
        var read = await _server.RunAsync(database => database.HashGetAsync(hash, [.. wanted.Select(index => names[index])]), cancellationToken);
        foreach (var (index, value) in wanted.Zip(read))
            places[index] = value;
    }

    private static TaskResult ResultOf(TaskState state, RedisValue value, RedisValue error)
    {
        if (state == TaskState.Failed)
        {
            var text = error.IsNull ? """{"type":"Unknown","message":"The task failed; its error is no longer known."}""" : error.ToString();
            return new TaskResult(IsCancelled(text) ? TaskState.Cancelled : state, null, null, null, text);
        }

        var read = state == TaskState.Done && !value.IsNull ? ResultText.Read((byte[]?)value ?? []) : null;
        return new TaskResult(state, read?.Format, read?.Inline, read?.Location, null);
    }

    private static bool IsCancelled(string error) => error.StartsWith("""{"type":"Cancelled",""", StringComparison.Ordinal);
}
