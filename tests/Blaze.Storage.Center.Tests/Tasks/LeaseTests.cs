using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisLeaseTests(RedisFixture fixture) : LeaseTests(fixture);

public sealed class GarnetLeaseTests(GarnetFixture fixture) : LeaseTests(fixture);

public abstract class LeaseTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task Lease_RunOut_TaskIsClaimedAgainAndTheOldTokenRefused()
    {
        await ExpandAsync("a", New("x"), Merge("m", "x"));
        var first = await ClaimOneAsync();
        await RunOutAsync(first);
        Assert.Equal(ScriptStatus.NoLease, await CompleteAsync(first));
        var second = await ClaimOneAsync();
        Assert.Equal(first.Key, second.Key);
        Assert.True(second.Attempt > first.Attempt);
        Assert.Equal(ScriptStatus.OtherOwner, await CompleteAsync(first));
        Assert.Equal([LeaseAnswer.Lost], await RenewAsync(first));
        Assert.Equal(ScriptStatus.OtherOwner, await Tasks.FailAsync(first.Key, first.Attempt, Error("late"), Cancellation));
        Assert.Equal(ScriptStatus.OtherOwner, await Tasks.ContinueAsync(To(first, "y", Leaf("y")), Cancellation));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(second));
        Assert.Equal(ScriptStatus.AlreadyDone, await CompleteAsync(second));
    }

    [Fact]
    public async Task Lease_Renewed_OutlivesItsFirstTime()
    {
        await SubmitAsync("a");
        var task = await ClaimOneAsync(ShortLease);
        // Even if it ran out by now: nobody has swept since, so the holder is in time.
        Assert.Equal([LeaseAnswer.Renewed], await RenewAsync(task));
        Assert.Empty(await ClaimAsync(1));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(task));
    }

    [Fact]
    public async Task Lease_LostThreeTimes_TaskIsGivenUpWithItsHistory()
    {
        await SubmitAsync("a");
        foreach (var worker in (string[])["w1", "w2", "w3"])
            await RunOutAsync(Assert.Single(await ClaimAsync(1, worker: worker)));
        Assert.Empty(await ClaimAsync(1));
        var job = await JobAsync("a");
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("\"type\":\"TaskLost\"", job.Error, StringComparison.Ordinal);
        Assert.Contains("after 3 attempts", job.Error, StringComparison.Ordinal);
        Assert.All((string[])["w1", "w2", "w3", "root-a", "lease ran out"], word => Assert.Contains(word, job.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Release_GivenBackOften_NoLossIsCounted()
    {
        await SubmitAsync("a");
        for (var time = 0; time < 5; time++)
        {
            var task = await ClaimOneAsync();
            Assert.Equal([ScriptStatus.Done], await Tasks.ReleaseAsync([new TaskLease(task.Key, task.Attempt)], Cancellation));
            Assert.Equal([ScriptStatus.AlreadyDone], await Tasks.ReleaseAsync([new TaskLease(task.Key, task.Attempt)], Cancellation));
        }

        Assert.Equal(ScriptStatus.Done, await CompleteAsync(await ClaimOneAsync()));
    }

    [Fact]
    public async Task Leases_ThousandRunOut_TakenBackInBoundedSteps()
    {
        await ExpandAsync("a", [.. Enumerable.Range(0, 300).Select(number => Leaf($"x{number}")), Merge("m", "x1")]);
        var claimed = await ClaimAsync(256);
        await Center.Server.RunAsync(
            database => database.SortedSetAddAsync(LeasedKey, [.. claimed.Select(task => new SortedSetEntry(task.Key, 0))]), Cancellation);
        var calls = await SettleAsync();
        Assert.InRange(calls, 256 / 64, (256 / 64) + 2);
        Assert.Equal(256, (await ClaimAsync(256)).Count);
    }

    [Fact]
    public async Task Recompute_LostInput_IsMadeAgainCountedOnceAndReadTwice()
    {
        await ExpandAsync("a", Leaf("x"), Merge("m", "x"));
        await CompleteAsync(await ClaimOneAsync(), 100);
        var merge = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.NoRecipe, await Tasks.RecomputeAsync(merge.Key, merge.Attempt, ["gone"], Cancellation));
        Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(merge.Key, merge.Attempt, ["x"], Cancellation));
        Assert.Equal(ScriptStatus.AlreadyDone, await Tasks.RecomputeAsync(merge.Key, merge.Attempt, ["x"], Cancellation));
        var again = await ClaimOneAsync();
        Assert.Equal("x", again.Key);
        await CompleteAsync(again, 100);
        await CompleteAsync(await ClaimOneAsync());
        var job = await JobAsync("a");
        Assert.Equal((JobState.Done, 1, 100, 200), (job.State, job.Progress.BlocksComputed, job.Progress.BytesComputed, job.Progress.BytesRead));
        Assert.Equal(["x"], await Center.Jobs.FeedAsync("a", 0, 9, Cancellation));
    }

    [Fact]
    public async Task Recompute_InputOfAnAlias_MakesWhatHasTheValue()
    {
        await ExpandAsync("a", New("n"), Merge("m", "n"));
        await Tasks.ContinueAsync(To(await ClaimOneAsync(), "x", Leaf("x")), Cancellation);
        await CompleteAsync(await ClaimOneAsync());
        var merge = await ClaimOneAsync();
        Assert.Equal(["x", "m"], await Tasks.ResolveAsync(["n", "m"], Cancellation));
        Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(merge.Key, merge.Attempt, ["n"], Cancellation));
        Assert.Equal("x", (await ClaimOneAsync()).Key);
    }

    [Fact]
    public async Task Worker_ThatRenews_IsListedUntilItIsSilentOrLeaves()
    {
        await Tasks.RenewAsync("w1", "{\"slots\":2}", [], [], Lease, Cancellation);
        await Tasks.RenewAsync("w2", "{}", [], [], Lease, Cancellation);
        var workers = await Center.Workers.ListAsync(Cancellation);
        Assert.Equal([("w1", "{\"slots\":2}"), ("w2", "{}")], workers.Select(worker => (worker.Name, worker.Info)));
        await Center.Workers.RemoveAsync("w2", Cancellation);
        await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("seen"), "w1", 0), Cancellation);
        // Where no worker is left, nobody sweeps.
        Assert.Empty(await Center.Workers.ListAsync(Cancellation));
        await Tasks.SweepAsync(Cancellation);
        Assert.False(await Center.Server.RunAsync(database => database.KeyExistsAsync(KeyOf("workers")), Cancellation));
    }

    private RedisKey LeasedKey => KeyOf("leased");

    private Task<IReadOnlyList<LeaseAnswer>> RenewAsync(ClaimedTask task) =>
        Tasks.RenewAsync(Worker, "{}", [], [new TaskLease(task.Key, task.Attempt)], Lease, Cancellation);
}
