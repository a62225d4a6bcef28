using System.Diagnostics.CodeAnalysis;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core;
using Blaze.Storage.Worker.Resources;

namespace Blaze.Storage.Worker.Slots;

/// <summary>A task this worker holds a lease on, with the means to stop it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A heartbeat may stop the task at any time, and a source without a timer holds nothing but memory.")]
internal sealed class HeldTask(ClaimedTask task)
{
    private readonly CancellationTokenSource _stop = new();

    public ClaimedTask Task { get; } = task;

    public TaskLease Lease => new(Task.Key, Task.Attempt);

    /// <summary>What it has taken of the worker's resources; null for nothing.</summary>
    public ResourceHold? Resources { get; init; }

    /// <summary>Why it cannot be run at all; null where it can.</summary>
    public BlazeException? Refusal { get; init; }

    /// <summary>Fires when the task is no longer this worker's to run.</summary>
    public CancellationToken Stopped => _stop.Token;

    // What functions do when they are stopped must neither keep nor fail whoever stops them.
    public void Stop() => _ = _stop.CancelAsync();
}
