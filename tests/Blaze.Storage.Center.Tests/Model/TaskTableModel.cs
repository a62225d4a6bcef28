using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Model;

/// <summary>
/// The task table once more, in the plainest C#: what the scripts ought to do. Tokens are the server's; everything else follows
/// from the calls alone.
/// </summary>
internal sealed partial class TaskTableModel
{
    private const int MaxLosses = 3;
    private const int PurgeLimit = 64;
    private const double Band = 1L << 40;
    private readonly List<string> _wake = [];
    private readonly List<ModelJob> _purge = [];
    private int _call = 1;

    public Dictionary<string, ModelTask> Tasks { get; } = [];

    public Dictionary<string, ModelJob> Jobs { get; } = [];

    /// <summary>The places that were heard of.</summary>
    public HashSet<string> Places { get; } = [];

    public long Virtual { get; private set; }

    public int WakeCount => _wake.Count;

    public int PurgeCount => _purge.Count;

    public ScriptStatus Submit(string id, int priority, TaskAddition root)
    {
        if (Jobs.ContainsKey(id))
            return ScriptStatus.AlreadyDone;
        var job = Jobs[id] = new ModelJob(id, priority, root.Key);
        Add(root, [job], Virtual, Virtual);
        var task = Tasks[root.Key];
        task.IsRoot = true;
        if (task.State == TaskState.Done)
            End(job, JobState.Done, task.Alias ?? task.Key, null);
        return ScriptStatus.Done;
    }

    public ScriptStatus Cancel(string id)
    {
        if (!Jobs.TryGetValue(id, out var job) || job.State != JobState.Running)
            return ScriptStatus.Nothing;
        End(job, JobState.Cancelled, null, null);
        return ScriptStatus.Done;
    }

    public ScriptStatus Complete(Completion completion)
    {
        var status = CheckLease(completion.Key, completion.Attempt, out var task);
        if (status == ScriptStatus.NoLease && task!.State == TaskState.Done && task.Attempt == completion.Attempt)
            return ScriptStatus.AlreadyDone;
        if (status != ScriptStatus.Done)
            return status;
        Account(task!, completion);
        if (completion.Result is { } result)
        {
            task!.Result = result.Location is null ? "i json 1" : "w npy 1 00000000 w";
            task.HasRecipe = task.IsLocated;
        }

        Finish(task!, TaskEvent.Complete);
        return status;
    }

    public ScriptStatus Fail(string key, long attempt, string error)
    {
        var status = CheckLease(key, attempt, out var task);
        if (status == ScriptStatus.NoLease && task!.State == TaskState.Failed && task.Attempt == attempt)
            return ScriptStatus.AlreadyDone;
        if (status != ScriptStatus.Done)
            return status;
        task!.FailedWith = error;
        Finish(task, TaskEvent.Fail);
        Drain();
        return status;
    }

    public ScriptStatus Release(string key, long attempt)
    {
        var status = CheckLease(key, attempt, out var task);
        if (status == ScriptStatus.NoLease && task!.State == TaskState.Ready && task.Attempt == attempt)
            return ScriptStatus.AlreadyDone;
        if (status == ScriptStatus.Done)
            Enqueue(task!, TaskEvent.Release);
        return status;
    }

    public LeaseAnswer Renew(string key, long attempt) => CheckLease(key, attempt, out _) switch
    {
        ScriptStatus.Done => LeaseAnswer.Renewed,
        ScriptStatus.Cancelled => LeaseAnswer.Cancelled,
        _ => LeaseAnswer.Lost,
    };

    /// <summary>What a claim must return; the server then tells the tokens.</summary>
    /// <param name="count">How many tasks at most.</param>
    /// <param name="places">The worker's places.</param>
    /// <param name="isWaitOver">Whether the locality wait of every task is over, or of none.</param>
    public IReadOnlyList<ModelTask> Claim(int count, IReadOnlyList<string> places, bool isWaitOver)
    {
        var claimed = new List<ModelTask>();
        var found = Tasks.Values.Where(task => task.State == TaskState.Ready && MayRun(task, places) && (isWaitOver || !IsOfOthers(task, places)))
            .OrderBy(task => task.Score + (IsOfOthers(task, places) ? Band / 2 : 0)).ThenBy(task => task.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var task in found)
        {
            if (claimed.Count == count)
                break;
            if (!IsLive(task))
            {
                Abandon(task);
                continue;
            }

            task.Apply(TaskEvent.Claim);
            task.Pages = 0;
            claimed.Add(task);
        }

        Virtual = claimed.Select(task => task.Tag).Append(Virtual).Max();
        return claimed;
    }

    public static bool MayRun(ModelTask task, IReadOnlyList<string> places) =>
        task.HardPlaces.Count == 0 || task.HardPlaces.Any(place => place.Split('+').All(places.Contains));

    public static bool IsOfOthers(ModelTask task, IReadOnlyList<string> places) => task.Places.Count > 0 && !task.Places.Intersect(places).Any();

    /// <summary>A place fell silent and the upkeep noticed.</summary>
    public void DropPlace(string place)
    {
        Places.Remove(place);
        foreach (var task in Tasks.Values.Where(task => task.State == TaskState.Ready && task.HardPlaces.Count == 0 && task.Places.Contains(place)).ToList())
            PutInPlace(task);
    }

    public string OwnerOf(ModelTask task) => task.Jobs.First(IsRunning);

    /// <summary>A lease ran out and the upkeep noticed.</summary>
    public void Expire(string key) => Lose(Tasks[key], TaskEvent.LoseLease);

    public void Drain()
    {
        while (_wake.Count > 0)
        {
            var item = _wake[0].Split(' ');
            _wake.RemoveAt(0);
            if (item[0] == "w")
                WakeDependants(item[1]);
            else if (item[0] == "u")
                DropUses(int.Parse(item[1], System.Globalization.CultureInfo.InvariantCulture), item[2..]);
            else
                Join(item[1], item[2], long.Parse(item[3], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public void Purge()
    {
        var limit = PurgeLimit;
        TurnPages();
        while (limit > 0 && _purge.Count > 0 && _wake.Count == 0)
        {
            var job = _purge[0];
            var page = job.Owned.Count > 0 ? job.Owned.Dequeue() : [];
            foreach (var task in page.Select(key => Tasks.GetValueOrDefault(key)).OfType<ModelTask>())
            {
                task.Jobs.Remove(job.Id);
                task.Loose.Remove(job.Id);
                if (task.Jobs.Count == 0)
                    Remove(task);
            }

            limit -= page.Count;
            if (job.Owned.Count > 0)
                continue;
            _purge.RemoveAt(0);
            if (job.IsSession)
                Jobs.Remove(job.Id);
            limit--;
        }
    }

    /// <summary>What a call adds to a job is one page of what the job owns.</summary>
    public void EndCall()
    {
        foreach (var job in Jobs.Values)
            Tidy(job);
        TurnPages();
        _call++;
    }

    private void TurnPages()
    {
        foreach (var job in Jobs.Values)
            job.TurnPage();
    }

    private void Abandon(ModelTask task)
    {
        LetGo(task);
        task.Apply(TaskEvent.Abandon);
    }

    private ScriptStatus CheckLease(string key, long attempt, out ModelTask? task)
    {
        if (!Tasks.TryGetValue(key, out task))
            return ScriptStatus.Cancelled;
        if (task.State == TaskState.Leased)
        {
            if (task.Attempt != attempt)
                return ScriptStatus.OtherOwner;
            if (IsLive(task))
                return ScriptStatus.Done;
            Abandon(task);
        }

        return task.State == TaskState.Cancelled && task.Attempt == attempt ? ScriptStatus.Cancelled : ScriptStatus.NoLease;
    }

    private bool Lose(ModelTask task, TaskEvent happening)
    {
        if (!IsLive(task))
        {
            Abandon(task);
            return false;
        }

        task.Losses++;
        if (task.Losses < MaxLosses)
        {
            if (happening == TaskEvent.LoseLease)
                Enqueue(task, happening);
            else
                task.Apply(happening);
            return true;
        }

        task.FailedWith = "lost";
        Finish(task, TaskEvent.GiveUp);
        return false;
    }

    private void Enqueue(ModelTask task, TaskEvent happening)
    {
        task.Apply(happening);
        PutInPlace(task);
    }

    private void PutInPlace(ModelTask task)
    {
        task.Score = task.Tag - ((task.Jobs.Where(IsRunning).Select(id => Jobs[id].Priority).DefaultIfEmpty(0).Max() + task.Priority) * Band);
        task.Places = [.. task.Places.Where(Places.Contains)];
        task.HasWaited |= task.Places.Count + task.HardPlaces.Count > 0;
    }

    private bool IsRunning(string id) => Jobs.GetValueOrDefault(id)?.State == JobState.Running;

    private static bool IsSession(string id) => id.StartsWith('@');

    private bool IsLive(ModelTask task) => task.Jobs.Any(IsRunning);
}
