using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Graphs;

/// <summary>Looks at graphs for the endpoints.</summary>
internal sealed class GraphReader(BlazeClient client, TimeProvider time)
{
    /// <summary>How a graph stands.</summary>
    /// <exception cref="ProblemException">There is none, or it is another's.</exception>
    public async Task<GraphInfo> GetAsync(HttpContext context, string id)
    {
        var found = await client.Shared.GetGraphAsync(id, context.RequestAborted);
        return found is not null && (Caller.Of(context).SeesOnly is not { } name || found.Owner == name)
            ? found
            : throw new ProblemException(ProblemKind.NoSuchJob, $"There is no job '{id}'.", "id");
    }

    /// <summary>The values of the last calls of a graph.</summary>
    /// <exception cref="ProblemException">There is none, it is another's, or it has no values: it runs, failed, or was cancelled.</exception>
    public async Task<GraphResultBody> ResultAsync(HttpContext context, string id, TimeSpan wait)
    {
        Shared.Check(context);
        var graph = await GetAsync(context, id);
        if (graph.State == JobState.Running && wait > TimeSpan.Zero)
            graph = await WaitAsync(graph, wait, context.RequestAborted);
        if (graph.State != JobState.Done)
            throw WhyNot(graph);
        return GraphResultBody.Of(graph, await client.Shared.ValuesAsync(graph, context.RequestAborted));
    }

    private async Task<GraphInfo> WaitAsync(GraphInfo graph, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await foreach (var now in client.Shared.FollowGraphAsync(graph.Id, either.Token))
                graph = now;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The caller is told how the graph stands.
        }

        return graph;
    }

    private static ProblemException WhyNot(GraphInfo graph) => graph.State switch
    {
        JobState.Failed => new ProblemException(ProblemKind.JobFailed, graph.Calls.First(call => call.State == JobState.Failed).Error ?? "A call of the graph failed."),
        JobState.Cancelled => new ProblemException(ProblemKind.JobCancelled, $"Calls of the graph {graph.Id} were cancelled."),
        _ => new ProblemException(ProblemKind.JobRunning, $"The graph {graph.Id} is running: {graph.Ended} of its {graph.Calls.Count} calls have ended."),
    };
}
