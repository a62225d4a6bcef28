using System.Globalization;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Sessions;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tasks;

/// <summary>
/// The task table. Every call is one script (pages are several), is atomic, and may be repeated with the same arguments when
/// its answer was lost. All fail with <see cref="CenterException"/>; a refusal by the rules is a <see cref="ScriptStatus"/>.
/// </summary>
public sealed partial class TaskTable
{
    private readonly CenterServer _server;
    private readonly ShardKeys _keys;

    internal TaskTable(CenterServer server, ShardKeys keys)
    {
        _server = server;
        _keys = keys;
    }

    /// <summary>Records a job and makes its root task ready: Done, or AlreadyDone for an id that is known.</summary>
    public Task<ScriptStatus> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        TaskArguments.CheckJob(submission);
        var options = _server.Options;
        var arguments = new List<RedisValue>
        {
            submission.JobId, submission.Spec, submission.Priority, submission.Owner ?? "", submission.MaxRunning, string.Join(' ', submission.SharedRoots),
            TaskArguments.Milliseconds(options.JobRetention), options.MaxEndedJobs,
        };
        TaskArguments.Append(arguments, [submission.Root]);
        return RunAsync(CenterScripts.SubmitJob, arguments, cancellationToken);
    }

    /// <summary>Completes tasks and claims the next ones.</summary>
    public async Task<StepReply> StepAsync(StepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        TaskArguments.CheckStep(request);
        var options = _server.Options;
        var arguments = new List<RedisValue>(10 + (4 * request.Completions.Count))
        {
            request.Worker, TaskArguments.Milliseconds(request.Lease), request.Claim, options.MaxLosses,
            TaskArguments.Milliseconds(options.JobRetention), options.MaxEndedJobs, TaskArguments.Milliseconds(options.WorkerSilence),
            PlacesOf(request), (long)request.LocalityWait.TotalMilliseconds, request.Completions.Count,
        };
        foreach (var completion in request.Completions)
        {
            arguments.Add(completion.Key);
            arguments.Add(completion.Attempt);
            arguments.Add(ReadingOf(completion));
            arguments.Add(completion.Result is { } result ? ResultText.Of(result) : RedisValue.EmptyString);
        }

        var reply = await _server.EvaluateAsync(CenterScripts.Step, _keys.All, [.. arguments], cancellationToken);
        var untilOthers = (long)reply[5];
        return new StepReply(
            Statuses(reply[3]), Claims((RedisResult[])reply[4]!), (long)reply[1], (int)reply[2] != 0,
            untilOthers < 0 ? null : TimeSpan.FromMilliseconds(untilOthers));
    }

    /// <summary>
    /// Hears of tasks that are leased to a worker without its asking, because it said that it had nothing to do (<see cref="StepRequest.IsIdle"/>), until
    /// disposed. May be missed: such a task is among those of the worker's next claim when it still has nothing to do. Calls come on a thread of the connection.
    /// </summary>
    public Task<IAsyncDisposable> ListenGivenAsync(string worker, Action<ClaimedTask> onGiven, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        ArgumentNullException.ThrowIfNull(onGiven);
        return _server.SubscribeAsync(_keys.GivenChannel(worker), Hear, cancellationToken);

        void Hear(RedisValue message)
        {
            if (GivenTask.Read((byte[])message!) is { } task)
                onGiven(task);
        }
    }

    /// <summary>Fails a task and, in time, all that wait for it.</summary>
    /// <param name="error">JSON text: what the jobs' records will say.</param>
    public Task<ScriptStatus> FailAsync(string key, long attempt, string error, CancellationToken cancellationToken)
    {
        TaskArguments.CheckKey(key);
        ArgumentNullException.ThrowIfNull(error);
        if (!error.StartsWith('{'))
            throw new ArgumentException("The error must be a JSON object.", nameof(error));
        return RunAsync(CenterScripts.FailTask, [key, attempt, error], cancellationToken);
    }

    /// <summary>Gives back a task whose attempt failed and may be repeated: it is ready again after the delay. No loss is counted.</summary>
    /// <param name="error">JSON text, kept in the history of the task's attempts until it is done.</param>
    /// <returns>Done, AlreadyDone, or a refusal of the lease.</returns>
    public Task<ScriptStatus> RetryAsync(string key, long attempt, TimeSpan delay, string error, CancellationToken cancellationToken)
    {
        TaskArguments.CheckKey(key);
        ArgumentNullException.ThrowIfNull(error);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return RunAsync(CenterScripts.RetryTask, [key, attempt, (long)delay.TotalMilliseconds, error], cancellationToken);
    }

    /// <summary>
    /// Sends a claimed task back to wait, because values it needs are gone from every store: their tasks are made ready again.
    /// Counts as a loss of the task, so that it is given up when this happens too often, unless the values are being made again already.
    /// </summary>
    /// <returns>Done, a refusal of the lease, or <see cref="ScriptStatus.NoRecipe"/> when one of the keys has no task that could make it again.</returns>
    public Task<ScriptStatus> RecomputeAsync(string key, long attempt, IReadOnlyList<string> lost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lost);
        return RecomputeAsync(key, attempt, [.. lost.Select(one => new LostValue(one, null))], cancellationToken);
    }

    /// <inheritdoc cref="RecomputeAsync(string, long, IReadOnlyList{string}, CancellationToken)"/>
    public Task<ScriptStatus> RecomputeAsync(string key, long attempt, IReadOnlyList<LostValue> lost, CancellationToken cancellationToken)
    {
        TaskArguments.CheckKey(key);
        ArgumentNullException.ThrowIfNull(lost);
        var arguments = new List<RedisValue> { key, attempt, _server.Options.MaxLosses };
        foreach (var (name, asked) in lost)
        {
            TaskArguments.CheckKey(name);
            arguments.Add(asked is null ? name : $"{name} {string.Join(',', asked)}");
        }

        return RunAsync(CenterScripts.RecomputeTask, arguments, cancellationToken);
    }

    /// <summary>Gives back tasks that were claimed and not started; no loss is counted.</summary>
    /// <returns>A status per lease, in order.</returns>
    public async Task<IReadOnlyList<ScriptStatus>> ReleaseAsync(IReadOnlyList<TaskLease> leases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        var arguments = new List<RedisValue>();
        TaskArguments.Append(arguments, leases);
        var reply = await _server.EvaluateAsync(CenterScripts.ReleaseTasks, _keys.All, [.. arguments], cancellationToken);
        return Statuses(reply[1]);
    }

    /// <summary>Renews leases and records that the worker is alive.</summary>
    /// <param name="info">JSON text about the worker, shown by <see cref="Workers.WorkerTable"/>.</param>
    /// <param name="places">The places the worker answers to; they count as silent when it is not heard of for a lease.</param>
    /// <returns>An answer per lease, in order.</returns>
    public async Task<IReadOnlyList<LeaseAnswer>> RenewAsync(
        string worker, string info, IReadOnlyList<string> places, IReadOnlyList<TaskLease> leases, TimeSpan lease, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(worker, "worker");
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(leases);
        TaskArguments.CheckPlaces(places, StepRequest.MaxPlaces);
        var arguments = new List<RedisValue> { worker, info, TaskArguments.Milliseconds(lease), string.Join(' ', places) };
        TaskArguments.Append(arguments, leases);
        var reply = await _server.EvaluateAsync(CenterScripts.RenewLeases, _keys.All, [.. arguments], cancellationToken);
        return [.. Statuses(reply[1]).Select(Answer)];
    }

    /// <summary>Cancels a job: Done, or Nothing when it had ended or is unknown.</summary>
    public Task<ScriptStatus> CancelAsync(string jobId, CancellationToken cancellationToken)
    {
        TaskArguments.CheckName(jobId, "job");
        return RunAsync(CenterScripts.CancelJob, [jobId], cancellationToken);
    }

    /// <summary>Does a bounded share of the upkeep: expired leases, dependants, ended jobs. Done if more is left, else Nothing.</summary>
    public Task<ScriptStatus> SweepAsync(CancellationToken cancellationToken)
    {
        return RunAsync(CenterScripts.Sweep, TaskArguments.Upkeep(_server.Options), cancellationToken);
    }

    /// <summary>
    /// The keys that have the values of keys: where a task continued, the one at the end of its aliases, else the key itself.
    /// In the order asked.
    /// </summary>
    public async Task<IReadOnlyList<string>> ResolveAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var resolved = new List<string>(keys.Count);
        foreach (var page in keys.Chunk(TaskPage.MaxTasks))
        {
            RedisValue[] fields = [.. page.Select(key => (RedisValue)key)];
            var found = await _server.RunAsync(database => database.HashGetAsync(_keys.Aliases, fields), cancellationToken);
            resolved.AddRange(page.Select((key, index) => (string?)found[index] ?? key));
        }

        return resolved;
    }

    private async Task<ScriptStatus> RunAsync(CenterScript script, List<RedisValue> arguments, CancellationToken cancellationToken)
    {
        var reply = await _server.EvaluateAsync(script, _keys.All, [.. arguments], cancellationToken);
        return (ScriptStatus)(int)reply[0];
    }

    private static LeaseAnswer Answer(ScriptStatus status) => status switch
    {
        ScriptStatus.Done => LeaseAnswer.Renewed,
        ScriptStatus.Cancelled => LeaseAnswer.Cancelled,
        _ => LeaseAnswer.Lost,
    };

    private static ScriptStatus[] Statuses(RedisResult reply) => [.. ((RedisResult[])reply!).Select(status => (ScriptStatus)(int)status)];

    private static ClaimedTask[] Claims(RedisResult[] reply) =>
    [
        .. reply.Chunk(6).Select(task => new ClaimedTask((string)task[0]!, (long)task[1], (string)task[2]!, (byte[])task[3]!)
        {
            Retries = (int)task[4],
            Inputs = Inputs((RedisResult[])task[5]!),
        }),
    ];

    private static TaskInput[] Inputs(RedisResult[] reply) =>
    [
        .. reply.Chunk(2).Select(input => (Key: (string)input[0]!, Value: ResultText.Read((byte[])input[1]!)))
            .Where(input => input.Value is not null).Select(input => new TaskInput(input.Key, input.Value!)),
    ];

    private static string PlacesOf(StepRequest request) =>
        (request.IsIdle ? "! " : "") + (request.OnlyHardPlaces ? "= " : "") + (request.DoesUpkeep ? "" : "- ") + string.Join(' ', request.Places) + DemandsOf(request.Demands);

    private static string DemandsOf(IReadOnlyList<OfferedDemand> demands) =>
        demands.Count == 0 ? "" : string.Concat(demands.Select(offered => string.Create(CultureInfo.InvariantCulture, $" {offered.Demand.Place}*{offered.Most}")));

    private static string ReadingOf(Completion completion) => completion is { BytesRead: 0, BytesRemote: 0, FromCache: false }
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{completion.BytesRead} {completion.BytesRemote} {(completion.FromCache ? 1 : 0)}");
}
