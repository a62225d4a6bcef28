using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Worker.Slots;

/// <summary>A task this worker holds a lease on, with the means to stop it.</summary>
internal sealed class HeldTask(ClaimedTask task) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public ClaimedTask Task { get; } = task;

    public TaskLease Lease => new(Task.Key, Task.Attempt);

    /// <summary>Fires when the task is no longer this worker's to run.</summary>
    public CancellationToken Stopped => _stop.Token;

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}
