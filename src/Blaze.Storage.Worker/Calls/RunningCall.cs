using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Calls;

/// <summary>A call that runs.</summary>
/// <param name="held">Its task.</param>
/// <param name="call">Its recipe.</param>
/// <param name="stop">Fires when it is no longer wanted or takes too long.</param>
/// <param name="late">Fires when it takes too long.</param>
internal sealed class RunningCall(HeldTask held, CallRecipe call, CancellationToken stop, CancellationToken late)
{
    public HeldTask Held => held;

    public CallRecipe Call => call;

    public CancellationToken Stop => stop;

    /// <summary>How it ends when it is stopped.</summary>
    public TaskOutcome Stopped() => IsLate
        ? Threw(new RemoteError(typeof(TimeoutException).FullName!, $"The call took longer than its time limit of {call.Policy.TimeLimit}.", null))
        : new TaskOutcome.Stopped();

    /// <summary>How it ends when its function throws.</summary>
    public TaskOutcome Threw(RemoteError error) =>
        call.Policy.Retries is { } retries && held.Task.Retries < retries.Max
            ? new TaskOutcome.Retried(error, retries.DelayBefore(held.Task.Retries))
            : new TaskOutcome.Threw(error);

    /// <summary>Whether it has taken too long while it was still wanted.</summary>
    public bool IsLate => late.IsCancellationRequested && !held.Stopped.IsCancellationRequested;
}
