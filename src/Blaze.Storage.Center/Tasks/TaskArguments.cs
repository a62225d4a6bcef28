using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Blaze.Storage.Core.Workers;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tasks;

/// <summary>Checks what is sent to the scripts, and puts it into their form.</summary>
internal static class TaskArguments
{
    internal const int MaxCompletions = 512;
    internal const int MaxClaim = 256;
    private const int MaxKeyBytes = 512;
    private const int MaxNameBytes = 128;
    private const int MaxSessionBytes = 64;
    private const long MaxCost = 1L << 40;
    private const int MaxPriority = 100;
    private const int MaxSharedRoots = 16;

    internal static void CheckKey(string key)
    {
        // Nearly all keys are visible ASCII.
        if (!string.IsNullOrEmpty(key) && key.Length <= MaxKeyBytes && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return;
        if (string.IsNullOrEmpty(key) || key.Any(char.IsWhiteSpace) || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
            throw Invalid($"'{key}' cannot be the key of a task: a key has no white space and 1 to {MaxKeyBytes} bytes.");
    }

    internal static void CheckName(string name, string what)
    {
        if (string.IsNullOrEmpty(name) || name == "-" || name.Any(c => char.IsWhiteSpace(c) || c == ',') || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
            throw Invalid($"'{name}' cannot name a {what}: a name has no white space and no comma, is not '-', and has 1 to {MaxNameBytes} bytes.");
    }

    internal static void CheckSession(string session)
    {
        CheckName(session, "session");
        if (Encoding.UTF8.GetByteCount(session) > MaxSessionBytes)
            throw Invalid($"'{session}' cannot name a session: a name has at most {MaxSessionBytes} bytes.");
    }

    internal static void CheckPriority(int priority)
    {
        if (Math.Abs(priority) > MaxPriority)
            throw Invalid($"The priority {priority} is out of range: it must be from -{MaxPriority} to {MaxPriority}.");
    }

    internal static void CheckPlaces(IReadOnlyList<string> places, int most)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (places.Count > most)
            throw Invalid($"{places.Count} places are too many: a task prefers at most {TaskAddition.MaxPlaces}, and a worker answers to at most {StepRequest.MaxPlaces}.");
        if (places.FirstOrDefault(place => !Place.IsValid(place) || place[0] == '=') is { } wrong)
            throw Invalid($"'{wrong}' cannot name a place: a name has no white space and no comma, is neither '-' nor '~', begins with no '=', and has 1 to {MaxNameBytes} bytes.");
    }

    private static void CheckPlaces(TaskAddition task)
    {
        if (task.Places.Count > 0)
            CheckPlaces(task.Places, TaskAddition.MaxPlaces);
        if (task.HardPlaces.Count == 0)
            return;
        if (task.HardPlaces.Count > TaskAddition.MaxPlaces)
            CheckPlaces(task.HardPlaces, TaskAddition.MaxPlaces);
        // Several joined are longer than one may be.
        foreach (var place in task.HardPlaces)
            CheckPlaces(place.Split('+'), TaskAddition.MaxPlaces);
    }

    internal static void CheckJob(JobSubmission submission)
    {
        CheckName(submission.JobId, "job");
        if (submission.JobId[0] == '@')
            throw Invalid($"'{submission.JobId}' cannot name a job: names that begin with @ are those of sessions.");
        CheckPriority(submission.Priority);
        if (submission.MaxRunning < 0 || submission.SharedRoots.Count > MaxSharedRoots)
            throw Invalid($"The job {submission.JobId} is one of at most {submission.MaxRunning}, and its root has {submission.SharedRoots.Count} other names; there are at most {MaxSharedRoots}.");
        foreach (var name in submission.SharedRoots)
            CheckKey(name);
        if (submission.Root.Dependencies.Count > 0)
            throw Invalid($"The root task {submission.Root.Key} has dependencies; it must be able to start at once.");
        Check(submission.Root);
    }

    internal static void CheckStep(StepRequest request)
    {
        CheckName(request.Worker, "worker");
        if (request.Completions.Count > MaxCompletions || request.Claim is < 0 or > MaxClaim || request.Lease <= TimeSpan.Zero)
            throw Invalid($"A step completes at most {MaxCompletions} tasks and claims 0 to {MaxClaim} for a positive time.");
        if (request.LocalityWait < TimeSpan.Zero)
            throw Invalid($"The locality wait {request.LocalityWait} is negative.");
        CheckPlaces(request.Places, StepRequest.MaxPlaces);
        if (request.Demands.Count > StepRequest.MaxDemands || request.Demands.Any(offered => offered.Demand.Resources.IsNone || offered.Most < 1))
            throw Invalid($"A step offers at most {StepRequest.MaxDemands} demands, each for something, and for one task or more.");
        foreach (var completion in request.Completions)
        {
            CheckKey(completion.Key);
            if (completion.BytesRead < 0 || completion.BytesRemote < 0 || completion.BytesRemote > completion.BytesRead)
                throw Invalid($"The completion of {completion.Key} says that {completion.BytesRead} bytes were read, {completion.BytesRemote} of them from another host.");
        }
    }

    internal static void CheckContinuation(Continuation continuation)
    {
        CheckKey(continuation.Key);
        CheckKey(continuation.Alias);
        if (continuation.FirstPage < 0 || continuation.CostBefore < 0)
            throw Invalid($"The continuation of {continuation.Key} has a negative page or cost.");
        foreach (var task in continuation.Tasks)
            Check(task);
    }

    /// <summary>Appends the number of additions, then each as key, recipe, and what else there is to say.</summary>
    internal static void Append(List<RedisValue> arguments, IReadOnlyList<TaskAddition> tasks) => Append(arguments, tasks, 0, tasks.Count);

    /// <summary>The same for some of the additions.</summary>
    internal static void Append(List<RedisValue> arguments, IReadOnlyList<TaskAddition> tasks, int from, int count)
    {
        arguments.Add(count);
        for (var number = from; number < from + count; number++)
        {
            var task = tasks[number];
            Check(task);
            arguments.Add(task.Key);
            arguments.Add(BytesOf(task.Recipe));
            arguments.Add(MoreOf(task));
        }
    }

    /// <summary>What the upkeep is told: losses allowed, retention, ended jobs kept, silence.</summary>
    internal static List<RedisValue> Upkeep(CenterOptions options) =>
    [
        options.MaxLosses, Milliseconds(options.JobRetention), options.MaxEndedJobs, Milliseconds(options.WorkerSilence),
    ];

    // Most recipes are arrays of their own, which need no copy.
    private static byte[] BytesOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var array) && array.Array!.Length == array.Count ? array.Array : memory.ToArray();

    private static string MoreOf(TaskAddition task)
    {
        if (task is { Dependencies.Count: 0, Cost: 1, Bytes: 0, Priority: 0, Places.Count: 0, HardPlaces.Count: 0 })
            return "";
        var (places, hard) = (task.Places.Count == 0 ? "-" : string.Join(',', task.Places), task.HardPlaces.Count == 0 ? "-" : string.Join(',', task.HardPlaces));
        return string.Create(
            CultureInfo.InvariantCulture, $"{task.Cost} {task.Bytes} {task.Priority} {places} {hard} {string.Join(' ', task.Dependencies)}");
    }

    /// <summary>Appends each lease as key, attempt.</summary>
    internal static void Append(List<RedisValue> arguments, IReadOnlyList<TaskLease> leases)
    {
        foreach (var lease in leases)
        {
            CheckKey(lease.Key);
            arguments.Add(lease.Key);
            arguments.Add(lease.Attempt);
        }
    }

    internal static long Milliseconds(TimeSpan time) => Math.Max((long)time.TotalMilliseconds, 1);

    private static void Check(TaskAddition task)
    {
        CheckKey(task.Key);
        foreach (var dependency in task.Dependencies)
            CheckKey(dependency);
        CheckPlaces(task);
        CheckPriority(task.Priority);
        if (task.Cost is < 1 or > MaxCost || task.Bytes < 0)
            throw Invalid($"The task {task.Key} has a cost of {task.Cost} and {task.Bytes} bytes; a cost is 1 to {MaxCost}, bytes are not negative.");
    }

    private static CenterException Invalid(string message) => new(CenterErrorKind.Invalid, message);
}
