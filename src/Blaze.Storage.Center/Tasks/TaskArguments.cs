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
    private const long MaxCost = 1L << 40;
    private const int MaxPriority = 100;

    internal static void CheckKey(string key)
    {
        if (string.IsNullOrEmpty(key) || key.Any(char.IsWhiteSpace) || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
            throw Invalid($"'{key}' cannot be the key of a task: a key has no white space and 1 to {MaxKeyBytes} bytes.");
    }

    internal static void CheckName(string name, string what)
    {
        if (string.IsNullOrEmpty(name) || name == "-" || name.Any(c => char.IsWhiteSpace(c) || c == ',') || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
            throw Invalid($"'{name}' cannot name a {what}: a name has no white space and no comma, is not '-', and has 1 to {MaxNameBytes} bytes.");
    }

    internal static void CheckPlaces(IReadOnlyList<string> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (places.Count > TaskAddition.MaxPlaces)
            throw Invalid($"{places.Count} places are too many: a task prefers, and a worker answers to, at most {TaskAddition.MaxPlaces}.");
        if (places.FirstOrDefault(place => !Place.IsValid(place)) is { } wrong)
            throw Invalid($"'{wrong}' cannot name a place: a name has no white space and no comma, is neither '-' nor '~', and has 1 to {MaxNameBytes} bytes.");
    }

    internal static void CheckJob(JobSubmission submission)
    {
        CheckName(submission.JobId, "job");
        if (Math.Abs(submission.Priority) > MaxPriority)
            throw Invalid($"The priority {submission.Priority} is out of range: it must be from -{MaxPriority} to {MaxPriority}.");
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
        CheckPlaces(request.Places);
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

    /// <summary>Appends the number of additions, then each as key, recipe, needs, cost, bytes, places.</summary>
    internal static void Append(List<RedisValue> arguments, IReadOnlyList<TaskAddition> tasks)
    {
        arguments.Add(tasks.Count);
        foreach (var task in tasks)
        {
            Check(task);
            arguments.Add(task.Key);
            arguments.Add(task.Recipe.ToArray());
            arguments.Add(string.Join(' ', task.Dependencies));
            arguments.Add(task.Cost);
            arguments.Add(task.Bytes);
            arguments.Add(string.Join(' ', task.Places));
        }
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
        CheckPlaces(task.Places);
        if (task.Cost is < 1 or > MaxCost || task.Bytes < 0)
            throw Invalid($"The task {task.Key} has a cost of {task.Cost} and {task.Bytes} bytes; a cost is 1 to {MaxCost}, bytes are not negative.");
    }

    private static CenterException Invalid(string message) => new(CenterErrorKind.Invalid, message);
}
