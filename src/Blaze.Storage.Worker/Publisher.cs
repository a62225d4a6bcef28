using System.Text.Json;
using System.Threading.Channels;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Worker.Execution;
using Blaze.Storage.Worker.Leases;
using Blaze.Storage.Worker.Peers;
using Blaze.Storage.Worker.Results;
using Blaze.Storage.Worker.Slots;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker;

/// <summary>
/// Brings outcomes to the center: values first, then, through the claim loop, the news that their tasks are done. Finished tasks
/// are taken together, so that many small ones cost few round trips.
/// </summary>
internal sealed partial class Publisher(
    CenterConnection center, CenterRetry retry, ResultStore results, WorkerValues values, HeldTasks held, Supply supply, Backlog backlog, TimeProvider timeProvider, string worker, ClaimLoop claims, ILogger logger)
{
    private const int MostAtOnce = 64;
    private const int MostNamed = 5;
    private const long MostBytesAtOnce = 4 << 20;

    private readonly Signal _urgent = new();
    private readonly Channel<(HeldTask Task, TaskOutcome Outcome)> _finished =
        Channel.CreateUnbounded<(HeldTask, TaskOutcome)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Takes an outcome; never blocks.</summary>
    public void Add(HeldTask task, TaskOutcome outcome)
    {
        backlog.Add(outcome.Bytes);
        _finished.Writer.TryWrite((task, outcome));
        if (!supply.IsAmple || backlog.IsFull)
            _urgent.Set();
    }

    /// <summary>No outcome comes after this.</summary>
    public void Complete() => _finished.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<(HeldTask Task, TaskOutcome Outcome)>(MostAtOnce);
        while (await _finished.Reader.WaitToReadAsync(cancellationToken))
        {
            if (supply.IsAmple && !backlog.IsFull)
                await _urgent.WaitAsync(Supply.Gathering, timeProvider, cancellationToken);
            batch.Clear();
            var bytes = 0L;
            while (batch.Count < MostAtOnce && bytes < MostBytesAtOnce && _finished.Reader.TryRead(out var finished))
            {
                batch.Add(finished);
                bytes += finished.Outcome.Bytes;
            }

            await PublishValuesAsync(batch, cancellationToken);
            await PublishReturnedAsync(batch, cancellationToken);
            backlog.Remove(bytes);
            // The completions above may have woken the claim loop while the backlog was still full.
            claims.Wake();
            foreach (var (task, outcome) in batch)
            {
                if (outcome is not (TaskOutcome.Computed or TaskOutcome.Returned))
                    await ReportAsync(task, outcome, cancellationToken);
            }
        }
    }

    // A result that is too large to travel with the news stays here, where the cluster has to be able to get it from.
    private async Task PublishReturnedAsync(List<(HeldTask Task, TaskOutcome Outcome)> batch, CancellationToken cancellationToken)
    {
        foreach (var (task, outcome) in batch)
        {
            if (outcome is not TaskOutcome.Returned returned)
                continue;
            try
            {
                var kept = await retry.RunAsync(token => values.KeepAsync(task.Task.Key, returned.Value, token), cancellationToken);
                claims.Complete(task, new Completion(task.Task.Key, task.Task.Attempt, 0, FromCache: false) { Result = kept });
            }
            catch (BlazeException problem) when (problem is not CenterException)
            {
                await ReportAsync(task, new TaskOutcome.Failed(problem), cancellationToken);
            }
        }
    }

    private async Task PublishValuesAsync(List<(HeldTask Task, TaskOutcome Outcome)> batch, CancellationToken cancellationToken)
    {
        var computed = batch.Where(finished => finished.Outcome is TaskOutcome.Computed)
            .Select(finished => (finished.Task, Outcome: (TaskOutcome.Computed)finished.Outcome))
            .ToList();
        if (computed.Count == 0)
            return;
        await results.PutAsync([.. computed.SelectMany(finished => finished.Outcome.Repaired.Append(finished.Outcome.Value))], cancellationToken);
        foreach (var (task, outcome) in computed)
        {
            // What came over the network more than once was read once.
            var remote = Math.Min(outcome.BytesRemote, outcome.BytesRead);
            claims.Complete(task, new Completion(task.Task.Key, task.Task.Attempt, outcome.BytesRead, FromCache: false, remote));
        }
    }

    private async Task ReportAsync(HeldTask task, TaskOutcome outcome, CancellationToken cancellationToken)
    {
        var (key, attempt) = (task.Task.Key, task.Task.Attempt);
        var status = outcome switch
        {
            TaskOutcome.Continued continued => await retry.RunAsync(token => center.Tasks.ContinueAsync(ContinuationOf(task, continued), token), cancellationToken),
            TaskOutcome.Failed failed => await retry.RunAsync(token => center.Tasks.FailAsync(key, attempt, ErrorOf(task, failed.Problem), token), cancellationToken),
            TaskOutcome.CalledOn calls => await retry.RunAsync(
                token => center.Tasks.ContinueAsync(new Continuation(key, attempt, calls.Tasks, calls.Key, new ProgressDelta(0, 0, 0, 0), [], null), token), cancellationToken),
            TaskOutcome.Threw threw => await retry.RunAsync(token => center.Tasks.FailAsync(key, attempt, ErrorOf(task, threw.Error), token), cancellationToken),
            TaskOutcome.Retried again => await retry.RunAsync(token => center.Tasks.RetryAsync(key, attempt, again.Delay, ErrorOf(task, again.Error), token), cancellationToken),
            TaskOutcome.LostInputs lost => await retry.RunAsync(token => center.Tasks.RecomputeAsync(key, attempt, lost.Values, token), cancellationToken),
            _ => (await retry.RunAsync(token => center.Tasks.ReleaseAsync([task.Lease], token), cancellationToken))[0],
        };
        // These leave the lease as it is: without a word it would run out, and the task be tried again in vain.
        var refusal = status switch
        {
            ScriptStatus.NoRecipe => LostForGood(key, outcome),
            ScriptStatus.Cycle or ScriptStatus.UnknownAlias or ScriptStatus.PageOutOfOrder => Refused(key, status),
            _ => null,
        };
        if (refusal is not null)
            await retry.RunAsync(token => center.Tasks.FailAsync(key, attempt, ErrorOf(task, refusal), token), cancellationToken);
        LogReported(logger, outcome.GetType().Name, key, status);
        held.Remove(task);
        claims.Wake();
    }

    private static BlazeException LostForGood(string key, TaskOutcome outcome) =>
        new($"What '{key}' needs is lost, and nothing says how to make it again: {string.Join(", ", outcome is TaskOutcome.LostInputs lost ? lost.Values.Take(MostNamed).Select(one => $"'{one.Key}'") : [])}. Put uploaded data there anew, or run the question again.");

    private static BlazeException Refused(string key, ScriptStatus status) =>
        new($"The center cannot take how task '{key}' is to go on ({status}): it would wait for itself or for nothing; run the question again, and report this if it stays.");

    private static Continuation ContinuationOf(HeldTask task, TaskOutcome.Continued continued)
    {
        var plan = continued.Plan;
        return new Continuation(
            task.Task.Key,
            task.Task.Attempt,
            [.. plan.Tasks.Select(planned => new TaskAddition(planned.Key, planned.Recipe.ToBytes(), planned.Dependencies, planned.Cost, planned.Bytes) { Places = planned.Places })],
            plan.Root,
            new ProgressDelta(plan.Blocks, continued.BytesTotal, plan.Known.Count, plan.KnownBytes),
            [.. plan.Known.Select(entry => entry.ToString())],
            continued.Detail,
            AliasIsStored: plan.Tasks.Count == 0);
    }

    private string ErrorOf(HeldTask task, RemoteError error) => JsonSerializer.Serialize(error.ToJobError(task.Task.Key, worker), JobJson.Default.JobError);

    private string ErrorOf(HeldTask task, Exception problem) => JsonSerializer.Serialize(
        new JobError(
            problem.GetType().Name,
            problem is BlazeException ? problem.Message : $"The worker met an unexpected {problem.GetType().Name}: {problem.Message}",
            (problem as ObjectStoreException)?.Kind.ToString(),
            problem.StackTrace,
            task.Task.Key,
            worker),
        JobJson.Default.JobError);

    [LoggerMessage(EventId = 2201, Level = LogLevel.Debug, Message = "{Outcome} of {Task}: {Status}")]
    private static partial void LogReported(ILogger logger, string outcome, string task, ScriptStatus status);
}
