using System.Text.Json;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Core.Results;

namespace Blaze.Storage.Client.Tests.Servers;

/// <summary>A worker that does one step when a test says so.</summary>
internal sealed class HandWorker(CenterConnection center, Operation operation)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<ClaimedTask> ClaimAsync() =>
        Assert.Single((await center.Tasks.StepAsync(new StepRequest("hand", [], 1, Lease), Token)).Claimed);

    public async Task<PlanRecipe> PlanAsync(JobDetail detail, string root, long bytes, IReadOnlyList<string> known, long knownBytes, params (string Key, long Bytes)[] leaves)
    {
        var plan = await ClaimAsync();
        var tasks = leaves.Select(leaf => new TaskAddition(leaf.Key, "{}"u8.ToArray(), [], 1, leaf.Bytes))
            .Append(new TaskAddition(root, "{}"u8.ToArray(), [.. leaves.Select(leaf => leaf.Key)], 1, 0));
        var status = await center.Tasks.ContinueAsync(
            new Continuation(
                plan.Key,
                plan.Attempt,
                [.. tasks],
                root,
                new ProgressDelta(leaves.Length + known.Count, bytes, known.Count, knownBytes),
                known,
                JsonSerializer.Serialize(detail, JobJson.Default.JobDetail)),
            Token);
        Assert.Equal(ScriptStatus.Done, status);
        return Assert.IsType<PlanRecipe>(Recipe.FromBytes(plan.Recipe));
    }

    public Task StoreAsync(string key, params ChunkValue[] rows) => center.Values.PutAsync(
        [new StoredValue(key, SealedValue.Seal(key, operation.Encode(rows)), Indexed: true)], Token);

    /// <summary>Claims the next task, stores its value and completes it.</summary>
    public async Task<string> ComputeAsync(Func<string, ChunkValue> valueOf)
    {
        var task = await ClaimAsync();
        await StoreAsync(task.Key, valueOf(task.Key));
        var reply = await center.Tasks.StepAsync(new StepRequest("hand", [new Completion(task.Key, task.Attempt, 123, false)], 0, Lease), Token);
        Assert.Equal([ScriptStatus.Done], reply.Completions);
        return task.Key;
    }

    public async Task FailAsync(JobError error)
    {
        var task = await ClaimAsync();
        Assert.Equal(ScriptStatus.Done, await center.Tasks.FailAsync(task.Key, task.Attempt, JsonSerializer.Serialize(error, JobJson.Default.JobError), Token));
    }
}
