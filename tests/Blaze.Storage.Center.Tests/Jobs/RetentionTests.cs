using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Jobs;

public sealed class RedisRetentionTests(RedisFixture fixture) : RetentionTests(fixture);

public sealed class GarnetRetentionTests(GarnetFixture fixture) : RetentionTests(fixture);

/// <summary>What is left of jobs that ended.</summary>
public abstract class RetentionTests(ServerFixture fixture) : CenterTest(fixture)
{
    protected override CenterOptions Options => base.Options with { MaxEndedJobs = 2 };

    [Fact]
    public async Task Ended_Job_TasksGoAndTheFeedStays()
    {
        await RunAsync("a", 200);
        await SettleAsync();
        foreach (var name in (string[])["tasks", "recipes", "needs", "links", "aliases", "errors", "owned", "ready", "leased", "wake", "purge"])
            Assert.False(await Center.Server.RunAsync(database => database.KeyExistsAsync(KeyOf(name)), Cancellation), name);
        Assert.Equal(JobState.Done, (await JobAsync("a")).State);
        Assert.Equal(200, (await Center.Jobs.FeedAsync("a", 0, 1_000, Cancellation)).Count);
    }

    [Fact]
    public async Task Ended_MoreJobsThanKept_OldestGoWithTheirFeeds()
    {
        foreach (var job in (string[])["a", "b", "c"])
            await RunAsync(job, 3);
        await SubmitAsync("d");
        await SettleAsync();
        Assert.Null(await Center.Jobs.GetAsync("a", Cancellation));
        Assert.Empty(await Center.Jobs.FeedAsync("a", 0, 9, Cancellation));
        Assert.Equal(["d", "c", "b"], (await Center.Jobs.ListAsync(9, Cancellation)).Select(job => job.Id));
        Assert.Equal(["d", "c"], (await Center.Jobs.ListAsync(2, Cancellation)).Select(job => job.Id));
    }

    [Fact]
    public async Task Ended_LongAgo_Goes()
    {
        await RunAsync("a", 600);
        await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("ended"), "a", 0), Cancellation);
        await SettleAsync();
        Assert.Null(await Center.Jobs.GetAsync("a", Cancellation));
        Assert.False(await Center.Server.RunAsync(database => database.KeyExistsAsync(KeyOf("jobs")), Cancellation));
        Assert.False(await Center.Server.RunAsync(database => database.KeyExistsAsync(KeyOf("feed")), Cancellation));
    }

    [Fact]
    public async Task GetWithoutPlan_RunningJob_AllButSpecAndDetail()
    {
        await SubmitAsync("a", priority: 3);
        var root = await ClaimOneAsync();
        await Tasks.ContinueAsync(To(root, "x", Leaf("x")) with { Detail = "{}" }, Cancellation);
        var whole = await JobAsync("a");
        Assert.Equal(("spec of a", "{}"), (whole.Spec, whole.Detail));
        Assert.Equal(whole with { Spec = "", Detail = null }, await Center.Jobs.GetWithoutPlanAsync("a", Cancellation));
        Assert.Null(await Center.Jobs.GetWithoutPlanAsync("nobody", Cancellation));
    }

    [Fact]
    public async Task Get_UnknownJob_Null() => Assert.Null(await Center.Jobs.GetAsync("nobody", Cancellation));

    private async Task RunAsync(string job, int leaves)
    {
        string[] keys = [.. Enumerable.Range(0, leaves).Select(number => $"{job}{number}")];
        await ExpandAsync(job, [.. keys.Select(key => Leaf(key)), Merge("m" + job, keys)]);
        while (await ClaimAsync(256) is { Count: > 0 } batch)
            await Tasks.StepAsync(new StepRequest(Worker, [.. batch.Select(task => new Completion(task.Key, task.Attempt, 0, false))], 0, Lease), Cancellation);
        Assert.Equal(JobState.Done, (await JobAsync(job)).State);
    }
}
