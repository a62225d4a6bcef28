using System.Text.Json;

namespace Blaze.Storage.Api.Graphs;

/// <summary>A graph of calls of operations that workers offer.</summary>
/// <param name="Tasks">The calls, each after those it depends on; 1 to 10,000.</param>
internal sealed record GraphRequest(IReadOnlyList<GraphTask> Tasks)
{
    /// <summary>−100 … 100, higher first.</summary>
    public int Priority { get; init; }
}

/// <summary>A call of a graph.</summary>
/// <param name="Key">Its name in the graph: 1 to 128 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="Op">The operation, with <c>@2</c> for a version other than the first.</param>
internal sealed record GraphTask(string Key, string Op)
{
    /// <summary>Arguments before the values of the dependencies; any JSON.</summary>
    public IReadOnlyList<JsonElement>? Args { get; init; }

    /// <summary>How much of which resources of its worker it takes: whole numbers by name, <c>memory</c> in bytes. Until a worker has so much to spare it waits.</summary>
    public IReadOnlyDictionary<string, long>? Resources { get; init; }

    /// <summary>Keys of tasks listed before, or of values put under /v1/keys, whose values are the arguments after <c>args</c>.</summary>
    public IReadOnlyList<string>? Dependencies { get; init; }
}
