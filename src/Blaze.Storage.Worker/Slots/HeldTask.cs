using System.Diagnostics.CodeAnalysis;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Worker.Slots;

/// <summary>A task this worker holds a lease on, with the means to stop it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A heartbeat may stop the task at any time, and a source without a timer holds nothing but memory.")]
internal sealed class HeldTask(ClaimedTask task)
{
    private readonly CancellationTokenSource _stop = new();

    public ClaimedTask Task { get; } = task;

    public TaskLease Lease => new(Task.Key, Task.Attempt);

    /// <summary>Fires when the task is no longer this worker's to run.</summary>
    public CancellationToken Stopped => _stop.Token;

    // What functions do when they are stopped must neither keep nor fail whoever stops them.
    public void Stop() => _ = _stop.CancelAsync();
}
