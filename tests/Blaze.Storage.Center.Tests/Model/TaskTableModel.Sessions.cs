using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Model;

internal sealed partial class TaskTableModel
{
    private const string CancelledError = "cancelled";

    public ScriptStatus Open(string session, int priority)
    {
        if (Jobs.TryGetValue(session, out var job))
            return job.State == JobState.Running ? ScriptStatus.AlreadyDone : ScriptStatus.Cancelled;
        Jobs[session] = new ModelJob(session, priority, "");
        return ScriptStatus.Done;
    }

    /// <summary>The states after the call; null where the session has ended.</summary>
    public IReadOnlyList<TaskState>? SubmitFor(string session, IReadOnlyList<TaskAddition> additions)
    {
        if (!IsRunning(session))
            return null;
        var job = Jobs[session];
        var first = Math.Max(Virtual, job.Tag);
        job.Tag = first;
        foreach (var addition in additions)
        {
            if (Add(addition, [job], job.Tag, first, firm: true))
                job.Tag += addition.Cost;
        }

        Drain();
        return [.. additions.Select(addition => Tasks.TryGetValue(addition.Key, out var task) ? task.State : TaskState.Cancelled)];
    }

    public ScriptStatus Leave(string session, IReadOnlyList<string> keys)
    {
        var status = ScriptStatus.Nothing;
        foreach (var key in keys.Distinct())
        {
            if (!Tasks.TryGetValue(key, out var task) || !task.Jobs.Contains(session))
                continue;
            LeaveTask(task, session);
            status = ScriptStatus.Done;
        }

        Drain();
        return status;
    }

    public ScriptStatus CancelFor(string session, IReadOnlyList<string> keys)
    {
        var status = ScriptStatus.Nothing;
        foreach (var key in keys.Distinct())
        {
            if (!Tasks.TryGetValue(key, out var task) || task.State is TaskState.Done or TaskState.Failed || !task.Jobs.Contains(session))
                continue;
            status = ScriptStatus.Done;
            if (task.Jobs.Any(job => job != session && IsRunning(job)))
            {
                LeaveTask(task, session);
                continue;
            }

            task.FailedWith = CancelledError;
            Finish(task, TaskEvent.Cancel);
        }

        Drain();
        return status;
    }

    public ScriptStatus Close(string session)
    {
        if (!IsRunning(session))
            return ScriptStatus.Nothing;
        Jobs[session].State = JobState.Cancelled;
        _purge.Add(Jobs[session]);
        return ScriptStatus.Done;
    }

    public ScriptStatus Retry(string key, long attempt, bool later)
    {
        var status = CheckLease(key, attempt, out var task);
        if (status == ScriptStatus.NoLease && task!.State is TaskState.Waiting or TaskState.Ready && task.Attempt == attempt)
            return ScriptStatus.AlreadyDone;
        if (status != ScriptStatus.Done)
            return status;
        task!.Retries++;
        if (later)
        {
            task.Apply(TaskEvent.Retry);
            task.IsLater = true;
        }
        else
        {
            Enqueue(task, TaskEvent.Release);
        }

        return status;
    }

    /// <summary>The time is over until which a task was to wait, and the upkeep noticed.</summary>
    public void TryAgain(ModelTask task)
    {
        task.IsLater = false;
        Enqueue(task, TaskEvent.InputsDone);
    }

    private void LeaveTask(ModelTask task, string session)
    {
        if (task.Uses > 0 || task.Dependants.Count > 0)
        {
            if (!task.Loose.Contains(session))
                task.Loose.Add(session);
            return;
        }

        task.Jobs.Remove(session);
        task.Loose.Remove(session);
        Jobs[session].Left++;
        if (task.Jobs.Count == 0)
            Remove(task);
    }

    private void DropUses(int since, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (Tasks.TryGetValue(key, out var task) && task.Uses > 0 && task.UsedSince <= since && --task.Uses == 0)
                DropLoose(task);
        }
    }

    private void DropLoose(ModelTask task)
    {
        if (task.Loose.Count == 0 || task.Uses > 0 || task.Dependants.Count > 0)
            return;
        foreach (var job in task.Loose)
        {
            task.Jobs.Remove(job);
            if (Jobs.TryGetValue(job, out var session))
                session.Left++;
        }

        task.Loose.Clear();
        if (task.Jobs.Count == 0)
            Remove(task);
    }

    private void Remove(ModelTask task)
    {
        LetGo(task);
        LetGoAlias(task);
        Tasks.Remove(task.Key);
    }

    private void Hold(ModelTask task, IReadOnlyList<string> needs)
    {
        if (needs.Count == 0 || task.Holds > 0 || !task.Jobs.Any(IsSession))
            return;
        task.Holds = _call;
        foreach (var key in needs.Distinct())
        {
            if (Tasks.TryGetValue(key, out var other))
                other.Use(_call);
        }
    }

    private void LetGo(ModelTask task)
    {
        if (task.Holds > 0)
            _wake.Add($"u {task.Holds} {string.Join(' ', task.Needs.Distinct())}");
        task.Holds = 0;
    }

    private void HoldAlias(ModelTask task, ModelTask other)
    {
        foreach (var job in task.Jobs.Where(job => IsSession(job) && other.State == TaskState.Done && !other.Jobs.Contains(job)).ToList())
            AddJob(other, job);
        if (!task.Jobs.Any(IsSession))
            return;
        task.HoldsAlias = _call;
        other.Use(_call);
    }

    private void LetGoAlias(ModelTask task)
    {
        if (task.HoldsAlias > 0)
            _wake.Add($"u {task.HoldsAlias} {task.Alias}");
        task.HoldsAlias = 0;
    }

    private void FinishAlias(ModelTask task, string alias)
    {
        var last = Tasks.GetValueOrDefault(alias)?.Alias ?? alias;
        task.Alias = last;
        if (last != alias && task.HoldsAlias > 0 && Tasks.TryGetValue(last, out var holder))
        {
            _wake.Add($"u {task.HoldsAlias} {alias}");
            task.HoldsAlias = _call;
            holder.Use(_call);
        }

        Finish(task, TaskEvent.AliasDone);
    }

    private void Tidy(ModelJob job)
    {
        const int pages = 4;
        if (job.Left == 0 || job.State != JobState.Running)
        {
            job.Left = 0;
            return;
        }

        job.Debt += 2 * job.Left;
        job.Left = 0;
        for (var page = Math.Min(pages, job.Owned.Count); page > 0 && job.Owned.Peek().Count <= job.Debt; page--)
        {
            var keys = job.Owned.Dequeue();
            var kept = keys.Distinct().Where(key => Tasks.GetValueOrDefault(key)?.Jobs.Contains(job.Id) == true).ToList();
            job.NewOwned.AddRange(kept);
            job.Debt = Math.Max(job.Debt - Math.Max(keys.Count, 2 * (keys.Count - kept.Count)), 0);
        }
    }
}
