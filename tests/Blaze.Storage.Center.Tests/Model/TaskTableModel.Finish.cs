using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Model;

internal sealed partial class TaskTableModel
{
    private void Account(ModelTask task, Completion completion)
    {
        var jobs = task.Jobs.Where(IsRunning).Select(id => Jobs[id]).ToList();
        jobs.FirstOrDefault()?.Count("bytes.read", completion.BytesRead);
        jobs.FirstOrDefault()?.Count("bytes.remote", completion.BytesRemote);
        if (task.Bytes == 0 || task.IsAccounted)
            return;
        task.IsAccounted = true;
        foreach (var job in jobs)
        {
            var how = job == jobs[0] && !completion.FromCache ? "computed" : "cached";
            job.Count("blocks." + how, 1);
            job.Count("bytes." + how, task.Bytes);
            job.Feed.Add(task.Key);
        }
    }

    private void Finish(ModelTask task, TaskEvent happening)
    {
        task.Apply(happening);
        task.Missing = 0;
        task.IsLater = false;
        if (task.Dependants.Count > 0)
            _wake.Add("w " + task.Key);
        if (!task.IsLocated)
            LetGo(task);
        DropLoose(task);
        foreach (var job in task.Jobs.Where(id => task.IsRoot && IsRunning(id)).Select(id => Jobs[id]).Where(job => job.Root == task.Key))
        {
            if (task.State == TaskState.Done)
                End(job, JobState.Done, task.Alias ?? task.Key, null);
            else
                End(job, JobState.Failed, null, task.FailedWith);
        }
    }

    private void End(ModelJob job, JobState state, string? result, string? failedWith)
    {
        (job.State, job.Result, job.FailedWith) = (state, result, failedWith);
        _purge.Add(job);
    }

    private void Follow(ModelTask task, string alias)
    {
        task.Apply(TaskEvent.Continue);
        (task.Alias, task.Continued, task.Bytes) = (alias, true, 0);
        if (Tasks.TryGetValue(alias, out var other))
            HoldAlias(task, other);
        if (other is null || other.State == TaskState.Done)
        {
            FinishAlias(task, alias);
        }
        else if (other.State == TaskState.Failed)
        {
            task.FailedWith = other.FailedWith;
            Finish(task, TaskEvent.InputFailed);
        }
        else
        {
            task.Missing = 1;
            other.Dependants.Add((task, task.Life));
            WantAlso(task, other);
        }
    }

    private void WakeDependants(string key)
    {
        if (!Tasks.TryGetValue(key, out var task) || task.State is not (TaskState.Done or TaskState.Failed))
            return;
        var dependants = task.Dependants.ToList();
        task.Dependants.Clear();
        foreach (var (other, life) in dependants)
        {
            if (Tasks.GetValueOrDefault(other.Key) != other || other.Life != life || other.State != TaskState.Waiting)
                continue;
            if (task.State == TaskState.Failed)
            {
                other.FailedWith = task.FailedWith;
                Finish(other, TaskEvent.InputFailed);
            }
            else if (other.Missing > 1)
            {
                other.Missing--;
            }
            else if (other.Continued)
            {
                FinishAlias(other, key);
            }
            else
            {
                other.Missing = 0;
                Enqueue(other, TaskEvent.InputsDone);
            }
        }

        DropLoose(task);
    }

    private static bool InOrder(IReadOnlyList<TaskAddition> additions, string parent) =>
        additions.All(addition => addition.Key != parent)
        && !additions.Where((addition, place) => addition.Dependencies.Any(need => PlaceOf(additions, need) >= place)).Any();

    private static int PlaceOf(IReadOnlyList<TaskAddition> additions, string key)
    {
        for (var place = 0; place < additions.Count; place++)
        {
            if (additions[place].Key == key)
                return place;
        }

        return -1;
    }

    private bool LeadsTo(string from, string target, IReadOnlyList<TaskAddition> additions, IReadOnlyCollection<string> lost)
    {
        var seen = new HashSet<string> { from };
        var stack = new Stack<string>(seen);
        while (stack.TryPop(out var key))
        {
            if (key == target)
                return true;
            IEnumerable<string> needs = [];
            var task = Tasks.GetValueOrDefault(key);
            if (task is not null && (task.State is TaskState.Waiting or TaskState.Cancelled || lost.Contains(key) || (task.State is TaskState.Ready or TaskState.Leased && !IsLive(task))))
                needs = task.Continued ? [task.Alias!] : task.Needs;
            else if (task is null or { State: TaskState.Failed } && PlaceOf(additions, key) is >= 0 and var place)
                needs = additions[place].Dependencies;
            foreach (var need in needs.Where(seen.Add))
                stack.Push(need);
        }

        return false;
    }
}
