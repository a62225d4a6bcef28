using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisSharingTests(RedisFixture fixture) : SharingTests(fixture);

public sealed class GarnetSharingTests(GarnetFixture fixture) : SharingTests(fixture);

/// <summary>Jobs that want the same tasks.</summary>
public abstract class SharingTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task Leaf_OfTwoJobs_ComputedForOneAndCachedForTheOther()
    {
        await ExpandAsync("a", Leaf("x"), Merge("ma", "x"));
        await ExpandBeforeOthersAsync("b", Leaf("x"), Merge("mb", "x"));
        var x = await ClaimOneAsync();
        Assert.Equal(("x", "a"), (x.Key, x.JobId));
        await CompleteAsync(x, bytesRead: 120);
        var (a, b) = (await JobAsync("a"), await JobAsync("b"));
        Assert.Equal((1, 0, 100, 0, 120), Of(a));
        Assert.Equal((0, 1, 0, 100, 0), Of(b));
        Assert.Equal(["x"], await Center.Jobs.FeedAsync("b", 0, 9, Cancellation));
    }

    [Fact]
    public async Task Leaf_DoneBefore_KnownAtOnce()
    {
        await ExpandAsync("a", Leaf("x"), Leaf("y"), Merge("ma", "x", "y"));
        await CompleteAsync(await ClaimOneAsync());
        await ExpandBeforeOthersAsync("b", Leaf("x"), Merge("mb", "x"));
        Assert.Equal((0, 1, 0, 100, 0), Of(await JobAsync("b")));
        Assert.Equal(["=x"], await Center.Jobs.FeedAsync("b", 0, 9, Cancellation));
        Assert.Contains(await ClaimAsync(9), task => task.Key == "mb");
    }

    [Fact]
    public async Task Completion_FoundInCache_CountsAsCached()
    {
        await ExpandAsync("a", Leaf("x"), Merge("ma", "x"));
        await CompleteAsync(await ClaimOneAsync(), fromCache: true);
        Assert.Equal((0, 1, 0, 100, 0), Of(await JobAsync("a")));
    }

    [Fact]
    public async Task Cancel_OneOfTwoJobs_OtherGetsItsAnswer()
    {
        await ExpandAsync("a", Leaf("x"), Merge("m", "x"));
        await ExpandBeforeOthersAsync("b", Merge("nb", "m"));
        await Tasks.CancelAsync("a", Cancellation);
        // The upkeep removes what only the cancelled job had; what b needs of it is b's by then.
        await SettleAsync();
        foreach (var key in (string[])["x", "m", "nb"])
        {
            var task = await ClaimOneAsync();
            Assert.Equal((key, "b"), (task.Key, task.JobId));
            await CompleteAsync(task);
        }

        await SettleAsync();
        Assert.Equal(JobState.Done, (await JobAsync("b")).State);
    }

    [Fact]
    public async Task Cancel_OnlyJob_TasksSkippedRefusedAndRemoved()
    {
        await ExpandAsync("a", Leaf("x"), Leaf("y"), Merge("m", "x", "y"));
        var x = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.Done, await Tasks.CancelAsync("a", Cancellation));
        Assert.Equal(ScriptStatus.Nothing, await Tasks.CancelAsync("a", Cancellation));
        Assert.Equal([LeaseAnswer.Cancelled], await Tasks.RenewAsync(Worker, "{}", [], [new TaskLease(x.Key, x.Attempt)], Lease, Cancellation));
        Assert.Equal(ScriptStatus.Cancelled, await CompleteAsync(x));
        Assert.Empty(await ClaimAsync(9));
        await SettleAsync();
        Assert.Empty(await TaskKeysAsync());
        var job = await JobAsync("a");
        Assert.Equal((JobState.Cancelled, 0), (job.State, job.Progress.BlocksComputed));
    }

    [Fact]
    public async Task JobWithHigherPriority_SharingAQueuedTask_PullsItForward()
    {
        await ExpandAsync("a", [.. Enumerable.Range(0, 20).Select(number => Leaf($"x{number:00}")), Merge("m", "x00")]);
        await SubmitAsync("b", priority: 5);
        await Tasks.ContinueAsync(To(await ClaimOneAsync(), "mb", Leaf("x19"), Merge("mb", "x19")), Cancellation);
        Assert.Equal("x19", (await ClaimOneAsync()).Key);
    }

    [Fact]
    public async Task Failure_OfASharedTask_FailsAllItsJobs()
    {
        await ExpandAsync("a", Leaf("x"), Merge("ma", "x"));
        await ExpandBeforeOthersAsync("b", Leaf("x"), Merge("mb", "x"));
        var x = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.Done, await Tasks.FailAsync(x.Key, x.Attempt, Error("no disk"), Cancellation));
        Assert.Equal(ScriptStatus.AlreadyDone, await Tasks.FailAsync(x.Key, x.Attempt, Error("no disk"), Cancellation));
        await SettleAsync();
        foreach (var job in (string[])["a", "b"])
            Assert.Equal((JobState.Failed, Error("no disk")), ((await JobAsync(job)).State, (await JobAsync(job)).Error));
    }

    [Fact]
    public async Task FailedTask_WantedByANewJob_StartsAnew()
    {
        await ExpandAsync("a", Leaf("x"), Merge("ma", "x"));
        var x = await ClaimOneAsync();
        await Tasks.FailAsync(x.Key, x.Attempt, Error("no disk"), Cancellation);
        await ExpandAsync("b", Leaf("x"), Merge("mb", "x"));
        var again = await ClaimOneAsync();
        Assert.Equal("x", again.Key);
        Assert.True(again.Attempt > x.Attempt);
        Assert.Equal(ScriptStatus.OtherOwner, await CompleteAsync(x));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(again));
        await CompleteAsync(await ClaimOneAsync());
        Assert.Equal(JobState.Done, (await JobAsync("b")).State);
    }

    private static (long, long, long, long, long) Of(JobRecord job) =>
        (job.Progress.BlocksComputed, job.Progress.BlocksCached, job.Progress.BytesComputed, job.Progress.BytesCached, job.Progress.BytesRead);

    private async Task ExpandBeforeOthersAsync(string job, params TaskAddition[] tasks)
    {
        await SubmitAsync(job, priority: 1);
        var root = await ClaimOneAsync();
        Assert.Equal("root-" + job, root.Key);
        Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(To(root, tasks[^1].Key, tasks), Cancellation));
    }
}
