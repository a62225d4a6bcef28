using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Center.Workers;

namespace Blaze.Storage.Center;

/// <summary>
/// A connection to the center, safe for use from any thread. It comes back by itself after the server was away; calls made
/// meanwhile fail with <see cref="CenterErrorKind.Unavailable"/> and may be made again.
/// </summary>
public sealed class CenterConnection : IAsyncDisposable
{
    private CenterConnection(CenterAddress address) => Address = address;

    /// <summary>Where the center is.</summary>
    public CenterAddress Address { get; }

    /// <summary>The task table.</summary>
    public TaskTable Tasks { get; } = new();

    /// <summary>The jobs.</summary>
    public JobTable Jobs { get; } = new();

    /// <summary>The workers.</summary>
    public WorkerTable Workers { get; } = new();

    /// <summary>The small values.</summary>
    public CenterValues Values { get; } = new();

    /// <summary>Raised when tasks became ready. A hint: it may be missed, and it comes on a thread of the connection.</summary>
    public event Action? ReadyAnnounced;

    /// <summary>Raised with a job's id when it ended. A hint: it may be missed.</summary>
    public event Action<string>? JobEnded;

    /// <summary>Raised with a job's id when it was cancelled. A hint: it may be missed.</summary>
    public event Action<string>? JobCancelled;

    /// <summary>Connects, and records or checks the version of the protocol.</summary>
    /// <exception cref="CenterException">Unreachable, wrong password, another protocol version, or a server without Lua.</exception>
    public static Task<CenterConnection> ConnectAsync(CenterAddress address, CancellationToken cancellationToken) =>
        ConnectAsync(address, new CenterOptions(), cancellationToken);

    /// <inheritdoc cref="ConnectAsync(CenterAddress, CancellationToken)"/>
    public static Task<CenterConnection> ConnectAsync(CenterAddress address, CenterOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        ReadyAnnounced?.Invoke();
        JobEnded?.Invoke("");
        JobCancelled?.Invoke("");
        throw new NotSupportedException();
    }
}
