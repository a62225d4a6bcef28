using System.Runtime.InteropServices;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Results;

/// <summary>
/// Small values, kept for a while within a budget of bytes; the least recently used go first, and those that are not indexed
/// and were not read yet last. Any of them may be gone at any time, so a miss is normal. All calls fail with <see cref="CenterException"/> only.
/// </summary>
public sealed partial class CenterValues
{
    private const int PageSize = 256;
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromHours(1);
    private readonly CenterServer _server;
    private readonly ValueKeys _keys;

    internal CenterValues(CenterServer server, ValueKeys keys)
    {
        _server = server;
        _keys = keys;
    }

    /// <summary>Stores values; equal keys mean equal values, so writing one again is harmless.</summary>
    public async Task PutAsync(IReadOnlyList<StoredValue> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var page in values.Chunk(PageSize))
        {
            await WriteAsync(page, cancellationToken);
            var total = await NoteAsync(page, cancellationToken);
            await AddToIndexAsync(page.Where(value => value.Indexed), cancellationToken);
            if (total > _server.Options.ValueBudget)
                await EvictAsync(cancellationToken);
        }
    }

    /// <summary>The values of keys, in their order; null where missing.</summary>
    public async Task<IReadOnlyList<byte[]?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var values = new List<byte[]?>(keys.Count);
        foreach (var page in keys.Chunk(PageSize))
        {
            RedisKey[] names = [.. page.Select(_keys.Value)];
            var reading = _server.RunAsync(database => database.StringGetAsync(names), cancellationToken);
            await Task.WhenAll(reading, TouchAsync(page, cancellationToken));
            var found = await reading;
            await ForgetAsync([.. page.Where((_, index) => found[index].IsNull)], cancellationToken);
            values.AddRange(found.Select(value => value.IsNull ? null : (byte[]?)value));
        }

        return values;
    }

    /// <summary>Removes values, for example damaged ones; a key without a value is no failure.</summary>
    public async Task RemoveAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var page in keys.Chunk(PageSize))
        {
            RedisKey[] names = [.. page.Select(_keys.Value)];
            await _server.RunAsync(database => database.KeyDeleteAsync(names), cancellationToken);
            await ForgetAsync(page, cancellationToken);
        }
    }

    /// <summary>Which keys have a value, in their order.</summary>
    public async Task<IReadOnlyList<bool>> ContainsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var answers = new List<bool>(keys.Count);
        foreach (var page in keys.Chunk(PageSize))
        {
            answers.AddRange(await _server.RunAsync(
                database => Task.WhenAll(page.Select(key => database.KeyExistsAsync(_keys.Value(key)))), cancellationToken));
        }

        return answers;
    }

    private async Task WriteAsync(StoredValue[] page, CancellationToken cancellationToken)
    {
        foreach (var value in page)
        {
            TaskArguments.CheckKey(value.Key);
            if (value.Indexed)
                Chunk(value.Key);
        }

        var lifetime = _server.Options.ValueLifetime;
        await _server.RunAsync(
            database => Task.WhenAll(page.Select(value => database.StringSetAsync(_keys.Value(value.Key), ArrayOf(value.Bytes), lifetime))),
            cancellationToken);
    }

    // Values may have megabytes: one that is a whole array already is not copied.
    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array!.Length == segment.Count ? segment.Array : bytes.ToArray();

    private async Task<long> NoteAsync(StoredValue[] page, CancellationToken cancellationToken)
    {
        // What is no cache entry is a part of a job that a merge is going to read, and often costs much more to make again.
        var ahead = TaskArguments.Milliseconds(_server.Options.ValueLifetime);
        RedisValue[] arguments = [.. page.SelectMany(value => new RedisValue[] { value.Key, value.Bytes.Length, value.Indexed ? 0 : ahead })];
        var reply = await _server.EvaluateAsync(CenterScripts.NoteValues, [_keys.Used, _keys.Sizes], arguments, cancellationToken);
        return (long)reply[1];
    }

    private async Task TouchAsync(string[] page, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [TaskArguments.Milliseconds(RenewalInterval), .. page.Select(key => (RedisValue)key)];
        var reply = await _server.EvaluateAsync(CenterScripts.TouchValues, [_keys.Used, _keys.Sizes], arguments, cancellationToken);
        var renew = (RedisValue[])reply[1]!;
        if (renew.Length == 0)
            return;
        var lifetime = _server.Options.ValueLifetime;
        await _server.RunAsync(
            database => Task.WhenAll(renew.Select(key => database.KeyExpireAsync(_keys.Value(key.ToString()), lifetime))), cancellationToken);
    }

    private async Task ForgetAsync(string[] missing, CancellationToken cancellationToken)
    {
        if (missing.Length == 0)
            return;
        RedisValue[] keys = [.. missing.Select(key => (RedisValue)key)];
        await _server.EvaluateAsync(CenterScripts.ForgetValues, [_keys.Used, _keys.Sizes], keys, cancellationToken);
        await RemoveFromIndexAsync(missing, cancellationToken);
    }

    private async Task EvictAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = await _server.EvaluateAsync(
                CenterScripts.EvictValues, [_keys.Used, _keys.Sizes], [_server.Options.ValueBudget], cancellationToken);
            if ((ScriptStatus)(int)reply[0] == ScriptStatus.Nothing)
                return;
            string[] victims = [.. ((RedisValue[])reply[1]!).Select(key => key.ToString())];
            RedisKey[] names = [.. victims.Select(_keys.Value)];
            await _server.RunAsync(database => database.KeyDeleteAsync(names), cancellationToken);
            await RemoveFromIndexAsync(victims, cancellationToken);
        }
    }
}
