using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Model;

internal sealed partial class TaskTableModel
{
    public ScriptStatus AddPage(TaskPage page)
    {
        var status = CheckParent(page.Key, page.Attempt, page.Page, out var parent);
        if (status != ScriptStatus.Done)
            return status;
        if (page.Page < parent!.Pages)
            return ScriptStatus.AlreadyDone;
        if (!InOrder(page.Tasks, page.Key))
            return ScriptStatus.Cycle;
        AddAll(parent, page.Tasks, page.CostBefore, page.Feed);
        parent.Pages++;
        return status;
    }

    /// <summary>A continuation of at most one page.</summary>
    public ScriptStatus Continue(Continuation continuation)
    {
        var key = continuation.Key;
        var status = InOrder(continuation.Tasks, key) ? CheckParent(key, continuation.Attempt, continuation.FirstPage, out var parent) : ScriptStatus.Cycle;
        if (status != ScriptStatus.Done)
            return status;
        parent = Tasks[key];
        if (continuation.FirstPage < parent.Pages)
            return ScriptStatus.PageOutOfOrder;
        if (!continuation.AliasIsStored && !Tasks.ContainsKey(continuation.Alias) && continuation.Tasks.All(task => task.Key != continuation.Alias))
            return ScriptStatus.UnknownAlias;
        if (LeadsTo(continuation.Alias, key, continuation.Tasks, []))
            return ScriptStatus.Cycle;
        foreach (var job in AddAll(parent, continuation.Tasks, continuation.CostBefore, continuation.Feed))
        {
            job.Count("blocks.total", continuation.Delta.BlocksTotal);
            job.Count("bytes.total", continuation.Delta.BytesTotal);
            job.Count("blocks.cached", continuation.Delta.BlocksCached);
            job.Count("bytes.cached", continuation.Delta.BytesCached);
            job.Detail ??= continuation.Detail;
        }

        Follow(parent, continuation.Alias);
        return status;
    }

    public ScriptStatus Recompute(string key, long attempt, IReadOnlyList<string> lost)
    {
        var status = CheckLease(key, attempt, out var task);
        if (status == ScriptStatus.NoLease && task!.State is TaskState.Waiting or TaskState.Ready && task.Attempt == attempt)
            return ScriptStatus.AlreadyDone;
        if (status != ScriptStatus.Done)
            return status;
        var others = new List<ModelTask>();
        foreach (var one in lost)
        {
            var name = Tasks.TryGetValue(one, out var found) && found.Continued && found.State == TaskState.Done ? found.Alias! : one;
            if (!Tasks.TryGetValue(name, out var other) || !other.HasRecipe)
                return ScriptStatus.NoRecipe;
            others.Add(other);
        }

        string[] renewed = [.. others.Where(other => other.State == TaskState.Done).Select(other => other.Key)];
        if (others.Any(other => LeadsTo(other.Key, key, [], renewed)))
            return ScriptStatus.Cycle;

        if (renewed.Length == 0)
            task!.Apply(TaskEvent.LoseInput);
        if (renewed.Length == 0 || Lose(task!, TaskEvent.LoseInput))
        {
            string[] keys = [.. others.Select(other => other.Key)];
            if (task!.Holds > 0)
            {
                foreach (var key1 in keys.Except(task.Needs))
                    Tasks[key1].Use(_call);
            }

            task.Needs = [.. task.Needs.Union(keys)];
            Hold(task, task.Needs);
            foreach (var other in others.Where(other => other.State == TaskState.Done).ToList())
            {
                if (other.State != TaskState.Done)
                    continue;
                Restart(other, TaskEvent.LoseValue);
                other.Tag = task!.Tag;
                foreach (var job in task.Jobs.Where(job => IsRunning(job) && !other.Jobs.Contains(job)).ToList())
                    AddJob(other, job);
                Hold(other, other.Needs);
                WaitFor(other, other.Needs);
            }

            WaitFor(task, keys);
        }

        Drain();
        return status;
    }

    private ScriptStatus CheckParent(string key, long attempt, int page, out ModelTask? parent)
    {
        var status = CheckLease(key, attempt, out parent);
        if (status == ScriptStatus.Done)
            return page > parent!.Pages ? ScriptStatus.PageOutOfOrder : status;
        return status == ScriptStatus.NoLease && parent!.Attempt == attempt && parent.Continued ? ScriptStatus.AlreadyDone : status;
    }

    private List<ModelJob> AddAll(ModelTask parent, IReadOnlyList<TaskAddition> additions, long costBefore, IReadOnlyList<string> feed)
    {
        var jobs = parent.Jobs.Where(IsRunning).Select(id => Jobs[id]).ToList();
        var tag = parent.Tag + costBefore;
        foreach (var addition in additions)
        {
            Add(addition, jobs, tag, parent.Tag);
            tag += addition.Cost;
        }

        jobs.ForEach(job => job.Feed.AddRange(feed));
        return jobs;
    }

    private bool Add(TaskAddition addition, List<ModelJob> jobs, long tag, long parentTag, bool firm = false)
    {
        if (Tasks.TryGetValue(addition.Key, out var task))
        {
            if (firm && task.State == TaskState.Failed && task.Jobs.Contains(jobs[0].Id) && !task.Loose.Contains(jobs[0].Id))
                return false;
            if (task.State == TaskState.Done || (!TaskTransitions.IsTerminal(task.State) && IsLive(task)))
            {
                var place = task.State == TaskState.Waiting ? parentTag : tag;
                jobs.ForEach(job => Share(task, job, place, firm));
                return false;
            }

            Restart(task, TaskEvent.Restart);
        }
        else
        {
            task = Tasks[addition.Key] = new ModelTask(addition.Key);
        }

        task.Bytes = addition.Bytes;
        task.Tag = tag;
        task.Needs = addition.Dependencies;
        task.Places = [.. addition.Places];
        (task.HardPlaces, task.Priority, task.HasRecipe) = (addition.HardPlaces, addition.Priority, true);
        foreach (var job in jobs)
            Want(task, job.Id, firm);
        Hold(task, addition.Dependencies);
        if (WaitFor(task, addition.Dependencies) > 0)
            task.Tag = parentTag;
        return true;
    }

    // Answers whether the job did not want it before.
    private bool Want(ModelTask task, string job, bool firm)
    {
        var added = !task.Jobs.Contains(job);
        if (added)
            AddJob(task, job, firm);
        else if (firm)
            task.Loose.Remove(job);
        return added;
    }

    private void Share(ModelTask task, ModelJob job, long tag, bool firm = false)
    {
        var added = Want(task, job.Id, firm);
        if (task.State == TaskState.Done)
        {
            if (added && task.Bytes > 0)
            {
                job.Count("blocks.cached", 1);
                job.Count("bytes.cached", task.Bytes);
                job.Feed.Add("=" + task.Key);
            }

            return;
        }

        task.Tag = Math.Min(task.Tag, tag);
        if (task.State == TaskState.Ready)
            PutInPlace(task);
        if (!added || (task.State != TaskState.Waiting && !(job.IsSession && task.Needs.Count > 0)))
            return;
        Hold(task, task.Needs);
        foreach (var key in task.Continued ? [task.Alias!] : task.Needs)
        {
            if (Tasks.TryGetValue(key, out var other))
                WantAlso(task, other);
        }
    }

    private void Join(string key, string jobId, long tag)
    {
        if (!Tasks.TryGetValue(key, out var task) || !IsRunning(jobId) || task.State == TaskState.Failed)
            return;
        if (task.State == TaskState.Done || (task.State != TaskState.Cancelled && IsLive(task)))
        {
            Share(task, Jobs[jobId], tag);
            return;
        }

        Restart(task, TaskEvent.Restart);
        task.Tag = tag;
        if (!task.Jobs.Contains(jobId))
            AddJob(task, jobId);
        Hold(task, task.Needs);
        WaitFor(task, task.Needs);
    }

    private void Restart(ModelTask task, TaskEvent happening)
    {
        if (task.State == TaskState.Done)
            task.Result = null;
        LetGo(task);
        LetGoAlias(task);
        task.Apply(happening);
        task.Jobs.RemoveAll(id => !IsRunning(id));
        task.Loose.RemoveAll(id => !IsRunning(id));
        (task.Retries, task.IsLater) = (0, false);
        task.Life = new object();
        (task.Losses, task.Pages, task.HasWaited, task.Alias, task.Continued, task.FailedWith) = (0, 0, false, null, false, null);
    }

    private int WaitFor(ModelTask task, IReadOnlyList<string> needs)
    {
        task.Missing = 0;
        string? failed = null;
        foreach (var key in needs.Distinct())
        {
            if (!Tasks.TryGetValue(key, out var other))
                continue;
            if (other.State == TaskState.Failed)
            {
                failed ??= other.FailedWith;
            }
            else if (other.State != TaskState.Done)
            {
                task.Missing++;
                other.Dependants.Add((task, task.Life));
                WantAlso(task, other);
            }
            else
            {
                foreach (var job in task.Jobs.Where(job => !other.Jobs.Contains(job) && (other.Continued || IsSession(job))).ToList())
                    AddJob(other, job);
            }
        }

        var missing = task.Missing;
        if (failed is not null)
        {
            task.FailedWith = failed;
            Finish(task, TaskEvent.InputFailed);
        }
        else if (missing == 0)
        {
            Enqueue(task, TaskEvent.InputsDone);
        }

        return missing;
    }

    private void WantAlso(ModelTask task, ModelTask other)
    {
        foreach (var job in task.Jobs.Where(job => IsRunning(job) && (other.State == TaskState.Cancelled || !other.Jobs.Contains(job))).ToList())
        {
            if (other.State == TaskState.Done && IsSession(job))
                AddJob(other, job);
            else
                _wake.Add($"j {other.Key} {job} {task.Tag}");
        }
    }

    private void AddJob(ModelTask task, string job, bool firm = false)
    {
        task.Jobs.Add(job);
        if (!firm && IsSession(job))
            task.Loose.Add(job);
        Jobs[job].NewOwned.Add(task.Key);
    }
}
