using System.Net;
using Blaze.Storage.Transfer;

namespace Blaze.Storage.Worker.Peers;

/// <summary>The settings of the server that gives a worker's values to others.</summary>
internal sealed record PeerServerOptions
{
    /// <summary>What peers have to show.</summary>
    public required PeerToken Token { get; init; }

    /// <summary>Where to listen. Default: this machine alone.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port, or 0 for a free one. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>The largest value that is taken, in bytes. Default: what the store has memory for.</summary>
    public long? LargestValue { get; init; }

    /// <summary>How long a value waits for memory before it is refused for now. Default: 10 s.</summary>
    public TimeSpan RoomWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the other side may take for the next piece of a body. Default: 30 s.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
