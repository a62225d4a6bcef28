using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Core.Calls;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tasks;

/// <summary>
/// The demands of tasks: resources of its worker that a task takes while it runs. A demand is a place (<see cref="CallDemand.Place"/>) that the task may run at
/// only; a worker offers it with a claim while it has so much. All fail with <see cref="CenterException"/>.
/// </summary>
public sealed class DemandTable
{
    private readonly CenterServer _server;
    private readonly ShardKeys _keys;

    internal DemandTable(CenterServer server, ShardKeys keys)
    {
        _server = server;
        _keys = keys;
    }

    /// <summary>Hears of the demands of tasks that became ready, until disposed. A hint: it may be missed. Calls come on a thread of the connection, one after the other.</summary>
    public Task<IAsyncDisposable> ListenAsync(Action<CallDemand> onDemand, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onDemand);
        return _server.SubscribeAsync(
            _keys.DemandChannel,
            message =>
            {
                if (CallDemand.OfPlace(message.ToString()) is { } demand)
                    onDemand(demand);
            },
            cancellationToken);
    }

    /// <summary>The demands that ready tasks have, at most 256.</summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<CallDemand>> ListAsync(string worker, CancellationToken cancellationToken) =>
        (await AskAsync(worker, [], null, TimeSpan.Zero, cancellationToken)).Demands;

    /// <summary>
    /// Asks whether a worker may make room for tasks with a demand: no more workers do at a time than there are such tasks ready that they may run. Lasts as long as said,
    /// unless asked again.
    /// </summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="places">The places it answers to.</param>
    /// <param name="demand">The demand.</param>
    /// <param name="lasting">For how long; nothing to make room no longer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it may, and the demands that ready tasks have, as <see cref="ListAsync"/> says them.</returns>
    public Task<(bool MayMakeRoom, IReadOnlyList<CallDemand> Demands)> MakeRoomAsync(
        string worker, IReadOnlyList<string> places, CallDemand demand, TimeSpan lasting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(demand);
        TaskArguments.CheckPlaces(places, StepRequest.MaxPlaces);
        return AskAsync(worker, places, demand, lasting, cancellationToken);
    }

    private async Task<(bool MayMakeRoom, IReadOnlyList<CallDemand> Demands)> AskAsync(
        string worker, IReadOnlyList<string> places, CallDemand? demand, TimeSpan lasting, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        RedisValue[] arguments = [worker, string.Join(' ', places), demand?.Place ?? "", (long)lasting.TotalMilliseconds];
        var reply = await _server.EvaluateAsync(CenterScripts.WatchDemands, _keys.All, arguments, cancellationToken);
        // A place of somebody else's that only looks like a demand is nobody's.
        var demands = ((string[])reply[1]!).Select(CallDemand.OfPlace).OfType<CallDemand>().ToArray();
        return ((ScriptStatus)(int)reply[0] == ScriptStatus.Done, demands);
    }
}
