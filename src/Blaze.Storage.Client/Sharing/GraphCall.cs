using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Client.Sharing;

/// <summary>A call of a graph.</summary>
/// <param name="Name">Its name in the graph, see <see cref="SharedTable.IsName"/>.</param>
/// <param name="Operation">The operation that workers offer, with <c>@2</c> for a version other than the first.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record GraphCall(string Name, string Operation, IReadOnlyList<GraphArgument> Arguments)
{
    /// <summary>How much of which resources of its worker it takes, as <see cref="Futures.CallOptions.Resources"/>.</summary>
    public ResourceAmounts Resources { get; init; } = ResourceAmounts.None;
}

/// <summary>An argument: a value, or the value of a call of the graph that is listed before, or of a name of the shared table. One of the two is null.</summary>
/// <param name="Literal">The value.</param>
/// <param name="Name">The name.</param>
public sealed record GraphArgument(Value? Literal, string? Name);

/// <summary>How a graph stands.</summary>
/// <param name="Id">Its id, which begins with <c>g-</c>.</param>
/// <param name="Created">When it was submitted, on the center's clock.</param>
/// <param name="Owner">Whose it is; null for nobody's in particular.</param>
/// <param name="Calls">Its calls, in the order of their names.</param>
public sealed record GraphInfo(string Id, DateTimeOffset Created, string? Owner, IReadOnlyList<GraphCallInfo> Calls)
{
    /// <summary>The names of the calls that no other one of the graph needs, in their order.</summary>
    public IReadOnlyList<string> Last { get; init; } = [];

    /// <summary>Why it waits, where no worker has the resources that a call of it takes; else null.</summary>
    public string? Notice { get; init; }

    /// <summary>How many of its calls have ended, however they did.</summary>
    public int Ended => Calls.Count(call => call.State != JobState.Running);

    /// <summary>Running, or how it ended: failed with any of its calls, else cancelled with any, else done.</summary>
    public JobState State =>
        Calls.Any(call => call.State == JobState.Running) ? JobState.Running
        : Calls.Any(call => call.State == JobState.Failed) ? JobState.Failed
        : Calls.Any(call => call.State == JobState.Cancelled) ? JobState.Cancelled
        : JobState.Done;
}

/// <summary>The value of a call of a graph.</summary>
/// <param name="Name">The call's name.</param>
/// <param name="Key">The key of its value, for <see cref="SharedTable.GetAsync"/>.</param>
/// <param name="Value">The value; null where it is large and lies elsewhere.</param>
public sealed record GraphValue(string Name, string Key, Value? Value);

/// <summary>How a call of a graph stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The key of its value, for <see cref="SharedTable.GetAsync"/>.</param>
/// <param name="State">Its state.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record GraphCallInfo(string Name, string Key, JobState State, string? Error);
