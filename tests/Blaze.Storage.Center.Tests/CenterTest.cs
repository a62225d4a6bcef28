using System.Globalization;
using System.Text;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests;

/// <summary>A test against a namespace of its own.</summary>
public abstract class CenterTest(ServerFixture fixture) : IAsyncLifetime
{
    protected const string Worker = "w1";
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>A lease this short may have run out by the next call: the server's clock counts milliseconds.</summary>
    protected static readonly TimeSpan ShortLease = TimeSpan.FromMilliseconds(1);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ServerFixture Fixture => fixture;

    protected CenterConnection Center { get; private set; } = null!;

    protected CenterAddress Address { get; private set; } = null!;

    protected TaskTable Tasks => Center.Tasks;

    // Hundreds of tests share two servers: one that is busy has not gone.
    protected virtual CenterOptions Options => new() { AnswerTimeout = TimeSpan.FromMinutes(2) };

    public async ValueTask InitializeAsync()
    {
        Address = await fixture.NewNamespaceAsync(Cancellation);
        Center = await CenterConnection.ConnectAsync(Address, Options, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (Center is not null)
            await Center.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static TaskAddition New(string key, long bytes = 0, long cost = 1, params string[] dependencies) =>
        new(key, Encoding.UTF8.GetBytes("recipe of " + key), dependencies, cost, bytes);

    protected static TaskAddition Merge(string key, params string[] dependencies) => New(key, 0, 1, dependencies);

    protected static TaskAddition Leaf(string key, long bytes = 100) => New(key, bytes);

    protected static string Error(string message) => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"Boom","message":"{{message}}"}""");

    protected static Continuation To(ClaimedTask task, string alias, params TaskAddition[] tasks) =>
        new(task.Key, task.Attempt, tasks, alias, ProgressDelta.None, [], null);

    protected Task<ScriptStatus> SubmitAsync(string job, string? root = null, int priority = 0) =>
        Tasks.SubmitAsync(new JobSubmission(job, "spec of " + job, priority, New(root ?? "root-" + job)), Cancellation);

    /// <summary>Has the lease of a task run out.</summary>
    protected async Task RunOutAsync(ClaimedTask task)
    {
        await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("leased"), task.Key, 0), Cancellation);
        await Tasks.SweepAsync(Cancellation);
    }

    protected async Task<IReadOnlyList<ClaimedTask>> ClaimAsync(int count, TimeSpan? lease = null, string worker = Worker) =>
        (await Tasks.StepAsync(new StepRequest(worker, [], count, lease ?? Lease), Cancellation)).Claimed;

    protected async Task<ClaimedTask> ClaimOneAsync(TimeSpan? lease = null) => Assert.Single(await ClaimAsync(1, lease));

    protected async Task<ScriptStatus> CompleteAsync(ClaimedTask task, long bytesRead = 0, bool fromCache = false) =>
        (await Tasks.StepAsync(new StepRequest(Worker, [new Completion(task.Key, task.Attempt, bytesRead, fromCache)], 0, Lease), Cancellation)).Completions[0];

    /// <summary>Submits a job, and expands its root into tasks with the last one's value as its own.</summary>
    protected async Task ExpandAsync(string job, params TaskAddition[] tasks)
    {
        await SubmitAsync(job);
        var root = await ClaimOneAsync();
        Assert.Equal("root-" + job, root.Key);
        Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(To(root, tasks[^1].Key, tasks), Cancellation));
    }

    protected async Task<JobRecord> JobAsync(string job) => (await Center.Jobs.GetAsync(job, Cancellation))!;

    protected RedisKey KeyOf(string name) => $"blaze:{{{Address.Namespace}/0}}:{name}";

    protected async Task<IReadOnlyList<string>> TaskKeysAsync() =>
        [.. (await Center.Server.RunAsync(database => database.HashKeysAsync(KeyOf("tasks")), Cancellation)).Select(key => key.ToString())];

    /// <summary>Does upkeep until nothing is left to do.</summary>
    protected async Task<int> SettleAsync()
    {
        var calls = 1;
        while (await Tasks.SweepAsync(Cancellation) == ScriptStatus.Done)
            calls++;
        return calls;
    }
}
