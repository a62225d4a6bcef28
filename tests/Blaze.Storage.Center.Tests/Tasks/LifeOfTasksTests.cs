using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisLifeOfTasksTests(RedisFixture fixture) : LifeOfTasksTests(fixture);

public sealed class GarnetLifeOfTasksTests(GarnetFixture fixture) : LifeOfTasksTests(fixture);

public abstract class LifeOfTasksTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task Submit_NewJob_RootIsClaimedWithItsRecipe()
    {
        Assert.Equal(ScriptStatus.Done, await SubmitAsync("a"));
        var task = await ClaimOneAsync();
        Assert.Equal(("root-a", "a"), (task.Key, task.JobId));
        Assert.Equal("recipe of root-a"u8.ToArray(), task.Recipe);
        Assert.True(task.Attempt > 0);
        Assert.Empty(await ClaimAsync(1));
    }

    [Fact]
    public async Task Submit_SameIdAgain_ChangesNothing()
    {
        await SubmitAsync("a");
        Assert.Equal(ScriptStatus.AlreadyDone, await SubmitAsync("a", "other"));
        Assert.Equal("root-a", (await Center.Jobs.GetAsync("a", Cancellation))!.RootKey);
        Assert.Single(await ClaimAsync(9));
    }

    [Fact]
    public async Task Complete_Root_EndsJob()
    {
        await SubmitAsync("a");
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(await ClaimOneAsync()));
        var job = (await Center.Jobs.GetAsync("a", Cancellation))!;
        Assert.Equal((JobState.Done, "root-a", "spec of a"), (job.State, job.ResultKey, job.Spec));
        Assert.NotNull(job.Ended);
    }

    [Fact]
    public async Task Complete_Twice_AlreadyDone()
    {
        await ExpandAsync("a", Leaf("x"), Leaf("y"), Merge("m", "x", "y"));
        var x = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(x, 100));
        Assert.Equal(ScriptStatus.AlreadyDone, await CompleteAsync(x, 100));
        var progress = (await Center.Jobs.GetAsync("a", Cancellation))!.Progress;
        Assert.Equal((1, 100, 100), (progress.BlocksComputed, progress.BytesComputed, progress.BytesRead));
        Assert.Equal(["x"], await Center.Jobs.FeedAsync("a", 0, 10, Cancellation));
    }

    [Fact]
    public async Task Complete_MergeThatReadLostInputsAgain_CountsWhatItReadAndNoBlock()
    {
        await ExpandAsync("a", Leaf("x"), Merge("m", "x"));
        await CompleteAsync(await ClaimOneAsync(), 100);
        await CompleteAsync(await ClaimOneAsync(), 40);
        await SettleAsync();
        var job = await JobAsync("a");
        Assert.Equal((JobState.Done, 1, 100, 140), (job.State, job.Progress.BlocksComputed, job.Progress.BytesComputed, job.Progress.BytesRead));
    }

    [Fact]
    public async Task Merge_AfterItsLeaves_RunsAndEndsJob()
    {
        await ExpandAsync("a", Leaf("x"), Leaf("y"), Merge("m", "x", "y"));
        var leaves = await ClaimAsync(9);
        Assert.Equal(["x", "y"], leaves.Select(task => task.Key));
        await CompleteAsync(leaves[0]);
        Assert.Empty(await ClaimAsync(9));
        await CompleteAsync(leaves[1]);
        var merge = await ClaimOneAsync();
        Assert.Equal("m", merge.Key);
        await CompleteAsync(merge);
        await SettleAsync();
        var job = (await Center.Jobs.GetAsync("a", Cancellation))!;
        Assert.Equal((JobState.Done, "m"), (job.State, job.ResultKey));
    }
}
