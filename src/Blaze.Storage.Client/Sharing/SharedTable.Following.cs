using System.Runtime.CompilerServices;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Futures;

namespace Blaze.Storage.Client.Sharing;

public sealed partial class SharedTable
{
    // Values of 64 KiB each; more of them than this are a list to choose from rather than an answer.
    private const int MostValues = 256;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    // To look at a graph of many calls takes time; at most a fifth of it all is spent on that.
    private const int PausePerLook = 4;

    /// <summary>
    /// Follows a graph: how it stands at once, then whenever more of its calls have ended, at most <see cref="BlazeClientOptions.MaxUpdatesPerSecond"/>, then its last state, which
    /// ends the sequence. One that is cancelled ends as cancelled. Empty where there is no such graph.
    /// </summary>
    public async IAsyncEnumerable<GraphInfo> FollowGraphAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!IsGraph(id))
            yield break;
        using var news = new SemaphoreSlim(0);
        await using var listening = (await _center.Sessions.ListenAsync(id, _ => news.Release(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        GraphInfo? given = null;
        while (true)
        {
            var started = _options.TimeProvider.GetTimestamp();
            var found = await LookAsync(id, given, cancellationToken).ConfigureAwait(false) ?? Cancelled(given);
            if (found is null)
                yield break;
            if (found.State != JobState.Running || given is null || found.Ended > given.Ended)
                yield return given = found;
            if (found.State != JobState.Running)
                yield break;
            var rest = PausePerLook * _options.TimeProvider.GetElapsedTime(started);
            await Task.Delay(rest > _options.UpdateInterval ? rest : _options.UpdateInterval, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            await WaitAsync(news, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The values of the last calls of a graph, those that no other one needs. Values that are large, and those behind the first 256, are named only.</summary>
    /// <param name="graph">A graph that is done.</param>
    public async Task<IReadOnlyList<GraphValue>> ValuesAsync(GraphInfo graph, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var keys = graph.Calls.ToDictionary(call => call.Name, call => call.Key, StringComparer.Ordinal);
        string[] first = [.. graph.Last.Take(MostValues).Select(name => keys[name])];
        var results = await _center.Sessions.GetAsync(first, cancellationToken).ConfigureAwait(false);
        return [.. graph.Last.Select((name, index) => new GraphValue(name, keys[name], index < results.Count ? FinishedCall.ValueOf(results[index]) : null))];
    }

    // After the first look neither the graph's record is read again, which names all its calls, nor a call that has ended; why it waits is told once.
    private async Task<GraphInfo?> LookAsync(string id, GraphInfo? given, CancellationToken cancellationToken)
    {
        if (given is null)
            return await GetGraphAsync(id, cancellationToken).ConfigureAwait(false);
        if (await _center.Sessions.RenewAsync(id, GraphLease, cancellationToken).ConfigureAwait(false) != ScriptStatus.Done)
            return null;
        return given with { Calls = await StandingAsync(given.Calls, cancellationToken).ConfigureAwait(false), Notice = null };
    }

    // What was cancelled is forgotten; whoever followed it is told nevertheless.
    private static GraphInfo? Cancelled(GraphInfo? graph) => graph is null ? null : graph with
    {
        Calls = [.. graph.Calls.Select(call => call.State == JobState.Running ? call with { State = JobState.Cancelled } : call)],
    };

    // Returns with the first message, or after a time, because messages may be lost.
    private async Task WaitAsync(SemaphoreSlim news, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestSilence, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await news.WaitAsync(either.Token).ConfigureAwait(false);
            while (news.Wait(0, CancellationToken.None))
            {
                // One look answers all of them.
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is time to look.
        }
    }
}
