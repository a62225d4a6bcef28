using System.Globalization;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Workers;

/// <summary>Who works here.</summary>
public sealed partial class WorkerTable
{
    private readonly CenterServer _server;
    private readonly ShardKeys _keys;

    internal WorkerTable(CenterServer server, ShardKeys keys)
    {
        _server = server;
        _keys = keys;
    }

    /// <summary>The workers that renewed within the last minute (<see cref="CenterOptions.WorkerSilence"/>), by name.</summary>
    /// <remarks>Only calls of workers remove silent ones from the table, so where there is no worker left they are left out here.</remarks>
    public async Task<IReadOnlyList<WorkerRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var infos = await _server.RunAsync(database => database.HashGetAllAsync(_keys.Workers), cancellationToken);
        var seen = await _server.RunAsync(database => database.SortedSetRangeByRankWithScoresAsync(_keys.Seen), cancellationToken);
        var now = await NowAsync(cancellationToken);
        var times = seen.ToDictionary(entry => entry.Element.ToString(), entry => DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Score));
        return
        [
            .. infos.Where(info => times.TryGetValue(info.Name.ToString(), out var last) && now - last < _server.Options.WorkerSilence)
                .Select(info => new WorkerRecord(info.Name.ToString(), info.Value.ToString(), times[info.Name.ToString()]))
                .OrderBy(worker => worker.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Hears of keys that the worker is to stop computing, or whose values it need not keep any more, until disposed. A hint: it may be missed,
    /// and a key may come that the worker does not have. No key at all means that somebody wants the worker to listen for requests for its values
    /// (<see cref="AskToListenAsync"/>). Calls come on a thread of the connection, one after the other.
    /// </summary>
    public Task<IAsyncDisposable> ListenDroppedAsync(string worker, Action<IReadOnlyList<string>> onDropped, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        ArgumentNullException.ThrowIfNull(onDropped);
        return _server.SubscribeAsync(_keys.DroppedChannel(worker), message => onDropped(message.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)), cancellationToken);
    }

    /// <summary>Forgets a worker that ends in order.</summary>
    public async Task RemoveAsync(string worker, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        await _server.RunAsync(database => database.HashDeleteAsync(_keys.Workers, worker), cancellationToken);
        await _server.RunAsync(database => database.SortedSetRemoveAsync(_keys.Seen, worker), cancellationToken);
        await _server.RunAsync(database => database.HashDeleteAsync(_keys.Meta, ShardKeys.GivenField(worker)), cancellationToken);
    }

    private async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        var time = (string[])(await _server.RunAsync(database => database.ExecuteAsync("TIME"), cancellationToken))!;
        return DateTimeOffset.FromUnixTimeMilliseconds((long.Parse(time[0], CultureInfo.InvariantCulture) * 1000) + (long.Parse(time[1], CultureInfo.InvariantCulture) / 1000));
    }
}
