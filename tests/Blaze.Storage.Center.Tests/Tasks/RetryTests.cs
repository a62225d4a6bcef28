using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisRetryTests(RedisFixture fixture) : RetryTests(fixture);

public sealed class GarnetRetryTests(GarnetFixture fixture) : RetryTests(fixture);

/// <summary>Attempts that failed and may be repeated.</summary>
public abstract class RetryTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task Retry_WithoutDelay_ReadyAtOnceAndCountedApartFromLosses()
    {
        await SubmitAsync("a");
        for (var retries = 0; retries < 5; retries++)
        {
            var task = await ClaimOneAsync();
            Assert.Equal(retries, task.Retries);
            Assert.Equal(ScriptStatus.Done, await RetryAsync(task, TimeSpan.Zero));
            Assert.Equal(ScriptStatus.AlreadyDone, await RetryAsync(task, TimeSpan.Zero));
        }

        Assert.Equal(ScriptStatus.Done, await CompleteAsync(await ClaimOneAsync()));
        Assert.Equal(JobState.Done, (await JobAsync("a")).State);
    }

    [Fact]
    public async Task Retry_WithDelay_WaitsForItAndTheReplySaysHowLong()
    {
        await SubmitAsync("a");
        var task = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.Done, await RetryAsync(task, TimeSpan.FromMinutes(10)));
        Assert.Equal(ScriptStatus.AlreadyDone, await RetryAsync(task, TimeSpan.FromMinutes(10)));
        var reply = await Tasks.StepAsync(new StepRequest(Worker, [], 1, Lease), Cancellation);
        Assert.Empty(reply.Claimed);
        Assert.InRange(reply.UntilOthers!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        await DueAsync(task.Key);
        reply = await Tasks.StepAsync(new StepRequest(Worker, [], 1, Lease), Cancellation);
        Assert.Equal((task.Key, 1), (Assert.Single(reply.Claimed).Key, reply.Claimed[0].Retries));
        Assert.Null(reply.UntilOthers);
    }

    [Fact]
    public async Task Retry_HundredsDue_ReadyInBoundedSteps()
    {
        string[] keys = [.. Enumerable.Range(0, 200).Select(number => $"x{number}")];
        await ExpandAsync("a", [.. keys.Select(key => Leaf(key)), Merge("m", keys)]);
        foreach (var task in await ClaimAsync(200))
        {
            await RetryAsync(task, TimeSpan.FromMinutes(10));
            await DueAsync(task.Key);
        }

        Assert.Equal(64, (await ClaimAsync(256)).Count);
        Assert.InRange(await SettleAsync(), 2, 4);
        Assert.Equal(136, (await ClaimAsync(256)).Count);
    }

    [Fact]
    public async Task Retry_OfACancelledJob_Refused()
    {
        await SubmitAsync("a");
        var task = await ClaimOneAsync();
        await Tasks.CancelAsync("a", Cancellation);
        Assert.Equal(ScriptStatus.Cancelled, await RetryAsync(task, TimeSpan.Zero));
    }

    [Fact]
    public async Task Retry_ThenLostTooOften_HistoryHasBoth()
    {
        await SubmitAsync("a");
        await RetryAsync(await ClaimOneAsync(), TimeSpan.Zero);
        for (var loss = 0; loss < 3; loss++)
        {
            var task = await ClaimOneAsync();
            await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("leased"), task.Key, 0), Cancellation);
            await SettleAsync();
        }

        var error = (await JobAsync("a")).Error;
        Assert.Contains("\"type\":\"TaskLost\"", error, StringComparison.Ordinal);
        Assert.Contains("lease ran out", error, StringComparison.Ordinal);
        Assert.Contains("flaky", error, StringComparison.Ordinal);
    }

    private Task<ScriptStatus> RetryAsync(ClaimedTask task, TimeSpan delay) =>
        Tasks.RetryAsync(task.Key, task.Attempt, delay, Error("flaky"), Cancellation);

    private Task DueAsync(string key) =>
        Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("later"), key, 0), Cancellation);
}
