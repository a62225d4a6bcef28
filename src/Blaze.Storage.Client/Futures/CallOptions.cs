using System.Collections.ObjectModel;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Client.Futures;

/// <summary>How a call is run. What is not said is left to the cluster.</summary>
public sealed record CallOptions
{
    /// <summary>Nothing special.</summary>
    public static CallOptions Default { get; } = new();

    /// <summary>
    /// Whether equal arguments give equal values, so that equal calls, of any client, are one. Default: yes. Otherwise every call runs.
    /// </summary>
    public bool Pure { get; init; } = true;

    /// <summary>−100 … 100, higher first; 0 is usual.</summary>
    public int Priority { get; init; }

    /// <summary>Whether the call is tried again when it throws. Default: not.</summary>
    public RetryPolicy? Retries { get; init; }

    /// <summary>
    /// How long an attempt may take, at least a millisecond; then the function's cancellation token fires and the call fails. Default: no
    /// limit.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The hosts or workers where it is best run; others take it when they would be idle. Default: anywhere.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>
    /// The hosts or workers, or the tags of workers (<c>#gpu</c>), one of which it must run at; until one is there it waits. Default: anywhere.
    /// </summary>
    public IReadOnlyList<string> OnlyPlaces { get; init; } = [];

    /// <summary>
    /// How the key begins: a lower-case letter, then up to 63 lower-case letters, digits and <c>-</c>. Default: the function's name. Equal calls with
    /// different names are different calls.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// How much of which resources of its worker it takes, such as 1 <c>gpu</c>: a worker never runs more calls at once than it has resources for. Until one
    /// has so much it waits. Whole numbers, 1 … 2^53. Default: none. A call that equals another one runs as that was submitted.
    /// </summary>
    public IReadOnlyDictionary<string, long> Resources { get; init; } = ReadOnlyDictionary<string, long>.Empty;

    /// <summary>
    /// The bytes of its worker's memory that it takes: the resource <c>memory</c>, which every worker has. Counted in steps of up to an eighth of it, at least 1 MiB.
    /// It is a promise of the caller, which nobody measures. Default: not stated.
    /// </summary>
    public long? Memory { get; init; }

    internal CallPolicy Policy => TimeLimit is null && Retries is null && Memory is null && Resources.Count == 0
        ? CallPolicy.Default
        : new CallPolicy(TimeLimit, Retries) { Resources = Demand };

    private ResourceAmounts Demand => Memory is null && Resources.Count == 0
        ? ResourceAmounts.None
        : ResourceAmounts.Of(Memory is { } bytes ? Resources.Append(new(ResourceAmounts.Memory, bytes)) : Resources).AsDemand();

    internal void Check()
    {
        if (ReferenceEquals(this, Default))
            return;
        Require(Priority is >= -100 and <= 100, $"a priority is -100 to 100, not {Priority}");
        Require(TimeLimit is null || TimeLimit >= TimeSpan.FromMilliseconds(1), $"a time limit is at least a millisecond, not {TimeLimit}");
        if (Retries is not { } retries)
            return;
        Require(retries.Max is >= 1 and <= 1000, $"a call is tried again 1 to 1000 times, not {retries.Max}");
        Require(retries.Delay >= TimeSpan.Zero, $"the wait before a retry is not negative, but {retries.Delay}");
        Require(retries.Factor is >= 1 and <= 10, $"the wait before a retry grows by 1 to 10, not {retries.Factor}");
    }

    private static void Require(bool valid, string problem)
    {
        if (!valid)
            throw new BlazeException($"The call cannot be submitted: {problem}.");
    }
}
