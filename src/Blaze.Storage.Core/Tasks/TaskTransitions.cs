namespace Blaze.Storage.Core.Tasks;

/// <summary>
/// The states of a task as one pure table. The center's scripts implement it; a test drives both with the same events.
/// A restarted task is <see cref="TaskState.Waiting"/> for an instant, and ready in the same call when it needs nothing.
/// </summary>
public static class TaskTransitions
{
    /// <summary>The state a task is in after an event; null where the event is refused in this state.</summary>
    public static TaskState? Next(TaskState state, TaskEvent happening) => (state, happening) switch
    {
        (TaskState.Waiting, TaskEvent.InputsDone) => TaskState.Ready,
        (TaskState.Waiting, TaskEvent.AliasDone) => TaskState.Done,
        (TaskState.Waiting, TaskEvent.InputFailed) => TaskState.Failed,
        (TaskState.Ready, TaskEvent.Claim) => TaskState.Leased,
        (TaskState.Leased, TaskEvent.Complete) => TaskState.Done,
        (TaskState.Leased, TaskEvent.Continue) => TaskState.Waiting,
        (TaskState.Leased, TaskEvent.Fail) => TaskState.Failed,
        (TaskState.Leased, TaskEvent.Release) => TaskState.Ready,
        (TaskState.Leased, TaskEvent.LoseLease) => TaskState.Ready,
        (TaskState.Leased, TaskEvent.GiveUp) => TaskState.Failed,
        (TaskState.Leased, TaskEvent.LoseInput) => TaskState.Waiting,
        (TaskState.Leased, TaskEvent.Retry) => TaskState.Waiting,
        (TaskState.Waiting or TaskState.Ready or TaskState.Leased, TaskEvent.Cancel) => TaskState.Failed,
        (TaskState.Done, TaskEvent.LoseValue) => TaskState.Waiting,
        (TaskState.Ready or TaskState.Leased, TaskEvent.Abandon) => TaskState.Cancelled,
        (not TaskState.Done, TaskEvent.Restart) => TaskState.Waiting,
        _ => null,
    };

    /// <summary>Whether a task in this state stays so unless somebody asks for it again.</summary>
    public static bool IsTerminal(TaskState state) => state is TaskState.Done or TaskState.Failed or TaskState.Cancelled;
}
