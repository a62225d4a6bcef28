namespace Blaze.Storage.Transfer;

/// <summary>The settings of transfers with other workers.</summary>
public sealed record PeerClientOptions
{
    /// <summary>What the workers of the cluster want to see.</summary>
    public required PeerToken Token { get; init; }

    /// <summary>How long a connection may take to be made. Default: 2 s.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the other side may take for an answer to begin, and for each piece of it. Default: 10 s.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
