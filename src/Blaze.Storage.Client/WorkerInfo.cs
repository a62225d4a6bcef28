using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Client;

/// <summary>A worker as it last announced itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="ProcessId">Its process id there.</param>
/// <param name="Slots">How many tasks it can compute at once.</param>
/// <param name="Tasks">How many tasks it computes now.</param>
/// <param name="LastSeen">When it was last heard of, on the center's clock.</param>
public sealed record WorkerInfo(string Id, string Host, int ProcessId, int Slots, int Tasks, DateTimeOffset LastSeen)
{
    /// <summary>The named operations it offers, with <c>@2</c> for a version other than the first.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>How many processors it has; 0 where it does not say.</summary>
    public int Cores { get; init; }

    /// <summary>The bytes of memory that the values it holds take.</summary>
    public long Memory { get; init; }

    /// <summary>How many bytes of memory its values may take; 0 for a worker that keeps none for others.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>How many values it holds.</summary>
    public int Values { get; init; }

    /// <summary>The bytes of its values that lie on its disk.</summary>
    public long Spilled { get; init; }

    /// <summary>How many of its functions go on though their calls are over; with too many it leaves the cluster.</summary>
    public int Stuck { get; init; }

    /// <summary>How much of which resource it has for calls that take of them.</summary>
    public ResourceAmounts Resources { get; init; } = ResourceAmounts.None;

    /// <summary>How much of these no call takes now.</summary>
    public ResourceAmounts FreeResources { get; init; } = ResourceAmounts.None;

    /// <summary>Where it listens for requests for its values; null as long as nobody needed that.</summary>
    public Uri? Address { get; init; }
}
