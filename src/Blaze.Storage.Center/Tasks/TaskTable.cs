namespace Blaze.Storage.Center.Tasks;

/// <summary>
/// The task table. Every call is one script (pages are several), is atomic, and may be repeated with the same arguments when
/// its answer was lost. All fail with <see cref="CenterException"/>; a refusal by the rules is a <see cref="ScriptStatus"/>.
/// </summary>
public sealed class TaskTable
{
    internal TaskTable()
    {
    }

    /// <summary>Records a job and makes its root task ready: Done, or AlreadyDone for an id that is known.</summary>
    public Task<ScriptStatus> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Completes tasks and claims the next ones.</summary>
    public Task<StepReply> StepAsync(StepRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Adds tasks while the task that makes them runs on.</summary>
    public Task<ScriptStatus> AddTasksAsync(TaskPage page, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends a task with more work instead of a value. Pages by itself.</summary>
    public Task<ScriptStatus> ContinueAsync(Continuation continuation, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Fails a task and, in time, all that wait for it.</summary>
    /// <param name="error">JSON text: what the jobs' records will say.</param>
    public Task<ScriptStatus> FailAsync(string key, long attempt, string error, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>
    /// Sends a claimed task back to wait, because values it needs are gone from every store: their tasks are made ready again.
    /// </summary>
    /// <returns>Done, a refusal of the lease, or <see cref="ScriptStatus.NoRecipe"/> when one of the keys is not in the table.</returns>
    public Task<ScriptStatus> RecomputeAsync(string key, long attempt, IReadOnlyList<string> lost, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Gives back tasks that were claimed and not started; no loss is counted.</summary>
    /// <returns>A status per lease, in order.</returns>
    public Task<IReadOnlyList<ScriptStatus>> ReleaseAsync(IReadOnlyList<TaskLease> leases, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Renews leases and records that the worker is alive.</summary>
    /// <param name="info">JSON text about the worker, shown by <see cref="Workers.WorkerTable"/>.</param>
    /// <returns>An answer per lease, in order.</returns>
    public Task<IReadOnlyList<LeaseAnswer>> RenewAsync(
        string worker, string info, IReadOnlyList<TaskLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Cancels a job: Done, or Nothing when it had ended or is unknown.</summary>
    public Task<ScriptStatus> CancelAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Does a bounded share of the upkeep: expired leases, dependants, ended jobs. Done if more is left, else Nothing.</summary>
    public Task<ScriptStatus> SweepAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
