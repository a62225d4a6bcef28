using System.Security.Cryptography;
using System.Text.Json;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Client.Sharing;

public sealed partial class SharedTable
{
    private const string GraphPrefix = "g-";
    private static readonly TimeSpan GraphLease = TimeSpan.FromDays(1);

    /// <summary>Whether an id is one that graphs have.</summary>
    public static bool IsGraph(string id) => id is not null && id.StartsWith(GraphPrefix, StringComparison.Ordinal);

    /// <summary>
    /// Submits a graph of calls, each after those it needs. It and its values are kept for a day after anybody last looked at it; equal calls of any client are one.
    /// </summary>
    /// <param name="calls">The calls; names are used once.</param>
    /// <param name="owner">Whose it is; null for nobody's in particular.</param>
    /// <param name="priority">−100 … 100, higher first.</param>
    /// <param name="cancellationToken">Ends the wait for the center.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="BlazeException">A call needs what is neither before it in the graph nor in the shared table, or an operation has no possible name.</exception>
    public async Task<string> SubmitAsync(IReadOnlyList<GraphCall> calls, string? owner = null, int priority = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var additions = new List<TaskAddition>(calls.Count);
        foreach (var call in calls)
        {
            var built = await BuildAsync(call, keys, cancellationToken).ConfigureAwait(false);
            if (!IsName(call.Name) || !keys.TryAdd(call.Name, built.Key))
                throw new BlazeException($"'{call.Name}' cannot name a call: use 1 to 128 letters, digits, '-', '_' and '.', each name once.");
            if (additions.All(other => other.Key != built.Key))
                additions.Add(new TaskAddition(built.Key, built.Recipe, built.Needs, Cost: 1, Bytes: 0) { HardPlaces = CallDemand.HardPlaces(CallFunction.Named(call.Operation), call.Resources.AsDemand(), []) });
        }

        var id = GraphPrefix + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var needed = calls.SelectMany(call => call.Arguments).Select(argument => argument.Name).ToHashSet(StringComparer.Ordinal);
        string[] last = [.. keys.Keys.Where(name => !needed.Contains(name)).Order(StringComparer.Ordinal)];
        var about = JsonSerializer.Serialize(new GraphRecord(keys, owner, last, DemandsOf(calls)), SharedJson.Default.GraphRecord);
        await _center.Sessions.OpenAsync(id, priority, GraphLease, about, cancellationToken).ConfigureAwait(false);
        await _center.Sessions.SubmitAsync(id, additions, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>How a graph stands; null where there is none (any more).</summary>
    public async Task<GraphInfo?> GetGraphAsync(string id, CancellationToken cancellationToken = default)
    {
        if (!IsGraph(id) || await _center.Jobs.GetAsync("@" + id, cancellationToken).ConfigureAwait(false) is not { State: Center.Jobs.JobState.Running } record)
            return null;
        if (JsonSerializer.Deserialize(record.Spec, SharedJson.Default.GraphRecord) is not { Graph: { } graph } about)
            return null;
        await _center.Sessions.RenewAsync(id, GraphLease, cancellationToken).ConfigureAwait(false);
        string[] names = [.. graph.Keys.Order(StringComparer.Ordinal)];
        var calls = await StandingAsync([.. names.Select(name => new GraphCallInfo(name, graph[name], JobState.Running, null))], cancellationToken).ConfigureAwait(false);
        var found = new GraphInfo(id, record.Created, about.Owner, calls) { Last = about.Last ?? names };
        return about.Demands is { } demands ? found with { Notice = await NoticeAsync(demands, found, cancellationToken).ConfigureAwait(false) } : found;
    }

    /// <summary>Cancels a graph and forgets it, with the values nobody else wants; false where there was none.</summary>
    public async Task<bool> CancelGraphAsync(string id, CancellationToken cancellationToken = default) =>
        IsGraph(id) && await _center.Sessions.CloseAsync(id, cancellationToken).ConfigureAwait(false) == ScriptStatus.Done;

    private static Dictionary<string, string>? DemandsOf(IReadOnlyList<GraphCall> calls)
    {
        var demands = calls.Where(static call => !call.Resources.IsNone)
            .ToDictionary(static call => call.Name, static call => new CallDemand(call.Resources.AsDemand(), call.Operation).Place, StringComparer.Ordinal);
        return demands.Count == 0 ? null : demands;
    }

    private async Task<string?> NoticeAsync(IReadOnlyDictionary<string, string> demands, GraphInfo graph, CancellationToken cancellationToken)
    {
        var waiting = graph.Calls.Where(static call => call.State == JobState.Running).Select(call => demands.GetValueOrDefault(call.Name)).OfType<string>().ToHashSet();
        if (waiting.Count == 0)
            return null;
        WorkerInfo[] workers = [.. (await _center.Workers.ListAsync(cancellationToken).ConfigureAwait(false)).Select(BlazeClient.WorkerOf)];
        return waiting.Select(CallDemand.OfPlace).OfType<CallDemand>().Select(demand => Offers.Missing(demand.Function, demand.Resources, workers)).FirstOrDefault(static notice => notice is not null);
    }

    private async Task<BuiltCall> BuildAsync(GraphCall call, Dictionary<string, string> keys, CancellationToken cancellationToken)
    {
        var arguments = new CallArgument[call.Arguments.Count];
        for (var at = 0; at < arguments.Length; at++)
        {
            var argument = call.Arguments[at];
            if (argument.Literal is { } literal)
                arguments[at] = CallArgument.Of(literal);
            else if (argument.Name is { } name && (keys.GetValueOrDefault(name) ?? await KeyOfAsync(name, cancellationToken).ConfigureAwait(false)) is { } key)
                arguments[at] = CallArgument.Reference(key);
            else
                throw new BlazeException($"The call '{call.Name}' needs '{argument.Name}', which is neither a call listed before it nor a value that is kept.");
        }

        return BuiltCall.Of(
            CallFunction.Named(call.Operation), arguments, call.Resources.IsNone ? CallPolicy.Default : new CallPolicy { Resources = call.Resources.AsDemand() });
    }

    // What has ended stays as it is, so only the others are looked at.
    private async Task<IReadOnlyList<GraphCallInfo>> StandingAsync(IReadOnlyList<GraphCallInfo> calls, CancellationToken cancellationToken)
    {
        string[] open = [.. calls.Where(call => call.State == JobState.Running).Select(call => call.Key)];
        var results = await _center.Sessions.GetStatesAsync(open, cancellationToken).ConfigureAwait(false);
        var next = 0;
        return [.. calls.Select(call => call.State == JobState.Running ? Standing(call, results[next++]) : call)];
    }

    private static GraphCallInfo Standing(GraphCallInfo call, TaskResult result) => call with
    {
        State = StateOf(result.State),
        Error = result.State == TaskState.Failed ? FinishedCall.ProblemOf(call.Key, result.Error).Message : null,
    };

    private static JobState StateOf(TaskState state) => state switch
    {
        TaskState.Done => JobState.Done,
        TaskState.Failed => JobState.Failed,
        TaskState.Cancelled => JobState.Cancelled,
        _ => JobState.Running,
    };
}
