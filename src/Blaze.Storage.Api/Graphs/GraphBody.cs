using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;

namespace Blaze.Storage.Api.Graphs;

/// <summary>A graph of calls, as callers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">running, done, failed or cancelled.</param>
/// <param name="Created">When it was submitted.</param>
/// <param name="Tasks">Its calls.</param>
internal sealed record GraphBody(string Id, string State, DateTimeOffset Created, IReadOnlyList<GraphTaskBody> Tasks)
{
    public static GraphBody Of(GraphInfo graph) => new(
        graph.Id,
        JobStateName.Of(graph.State),
        graph.Created,
        [.. graph.Calls.Select(call => new GraphTaskBody(call.Name, call.Key, JobStateName.Of(call.State), call.Error))]) { Notice = graph.Notice };

    /// <summary>Why it waits, where no worker has the resources that a call takes; absent otherwise.</summary>
    public string? Notice { get; init; }
}

/// <summary>A call of a graph.</summary>
/// <param name="Key">Its name in the graph.</param>
/// <param name="Value">The key of its value at /v1/keys.</param>
/// <param name="State">running, done, failed or cancelled.</param>
/// <param name="Error">Why it failed; absent otherwise.</param>
internal sealed record GraphTaskBody(string Key, string Value, string State, string? Error = null);
