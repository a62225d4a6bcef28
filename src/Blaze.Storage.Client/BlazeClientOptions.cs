using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Results;

namespace Blaze.Storage.Client;

/// <summary>How a client follows jobs.</summary>
public sealed record BlazeClientOptions
{
    /// <summary>The clock for waiting; default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The workers' durable cache, if this process can reach it: where values are read that are too large for the center or no longer
    /// there. Default none.
    /// </summary>
    public DurableTier? Durable { get; init; }

    /// <summary>At most how many snapshots of a job are given in a second, 1 … 1,000; default 10. The last one comes at once.</summary>
    public int MaxUpdatesPerSecond { get; init; } = 10;

    /// <summary>How long following goes on, and futures stay pending, while the center does not answer; default 60 seconds.</summary>
    public TimeSpan AwayDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long without any worker a waiting job's snapshot says so; default 3 seconds.</summary>
    public TimeSpan NoWorkerNotice { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The key that functions are signed with, so that the cluster's workers run them. Default none: then only named operations can be called.</summary>
    public ClusterKey? ClusterKey { get; init; }

    internal TimeSpan UpdateInterval => TimeSpan.FromSeconds(1.0 / MaxUpdatesPerSecond);
}
