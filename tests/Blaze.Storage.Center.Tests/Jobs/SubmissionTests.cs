using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Jobs;

public sealed class RedisSubmissionTests(RedisFixture fixture) : SubmissionTests(fixture);

public sealed class GarnetSubmissionTests(GarnetFixture fixture) : SubmissionTests(fixture);

/// <summary>Jobs that share a root, and how many an owner may have.</summary>
public abstract class SubmissionTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task Submit_TheSameQuestion_SharesTheRootUntilSomebodyBeginsIt()
    {
        await AskAsync("a");
        await AskAsync("b");
        var first = await ClaimOneAsync();
        await AskAsync("c");
        Assert.Equal("q.0", first.Key);
        Assert.Equal(["q.0", "q.0", "q.1"], await RootsAsync("a", "b", "c"));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(first));
        Assert.Equal([JobState.Done, JobState.Done, JobState.Running], await StatesAsync("a", "b", "c"));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(await ClaimOneAsync()));
        Assert.Equal(JobState.Done, (await JobAsync("c")).State);
    }

    [Fact]
    public async Task Submit_WhileTheRootOfEndedJobsIsStillKept_TakesAnother()
    {
        await AskAsync("a");
        await CompleteAsync(await ClaimOneAsync());
        await AskAsync("b");
        Assert.Equal(JobState.Running, (await JobAsync("b")).State);
        await CompleteAsync(await ClaimOneAsync());
        await SettleAsync();
        await AskAsync("c");
        Assert.Equal("q.0", (await JobAsync("c")).RootKey);
    }

    [Fact]
    public async Task Submit_WhenAllNamesAreTaken_UsesTheRootsOwn()
    {
        foreach (var job in (string[])["a", "b"])
        {
            await AskAsync(job);
            await ClaimOneAsync();
        }

        await AskAsync("c");
        Assert.Equal("root-c", (await JobAsync("c")).RootKey);
    }

    [Fact]
    public async Task Cancel_OfOneOfThoseThatShare_LeavesTheOther()
    {
        await AskAsync("a");
        await AskAsync("b");
        await Tasks.CancelAsync("a", Cancellation);
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(await ClaimOneAsync()));
        Assert.Equal([JobState.Cancelled, JobState.Done], await StatesAsync("a", "b"));
    }

    [Fact]
    public async Task Submit_OfMoreThanAnOwnerMayHave_IsRefusedUntilOneEnds()
    {
        Assert.Equal(ScriptStatus.Done, await OwnAsync("a", "ann"));
        Assert.Equal(ScriptStatus.Done, await OwnAsync("b", "ann"));
        Assert.Equal(ScriptStatus.TooMany, await OwnAsync("c", "ann"));
        Assert.Equal(ScriptStatus.AlreadyDone, await OwnAsync("b", "ann"));
        Assert.Equal(ScriptStatus.Done, await OwnAsync("c", "bob"));
        await Tasks.CancelAsync("a", Cancellation);
        Assert.Equal(ScriptStatus.Done, await OwnAsync("d", "ann"));
        var (jobs, _) = await Center.Jobs.PageAsync(null, 10, null, "bob", Cancellation);
        Assert.Equal(["c"], jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Queue_WithJobsThatWait_SaysHowManyAndSinceWhen()
    {
        Assert.Null((await Center.Jobs.QueueAsync(Cancellation)).Oldest);
        await SubmitAsync("a");
        await SubmitAsync("b");
        await ClaimOneAsync();
        var queue = await Center.Jobs.QueueAsync(Cancellation);
        Assert.Equal((1, 1), (queue.Ready, queue.Leased));
        Assert.Equal((await JobAsync("b")).Created, queue.Oldest);
    }

    private Task<ScriptStatus> AskAsync(string job) => Tasks.SubmitAsync(
        new JobSubmission(job, "spec", 0, New("root-" + job)) { SharedRoots = ["q.0", "q.1"] }, Cancellation);

    private Task<ScriptStatus> OwnAsync(string job, string owner) => Tasks.SubmitAsync(
        new JobSubmission(job, "spec", 0, New("root-" + job)) { Owner = owner, MaxRunning = 2 }, Cancellation);

    private async Task<string[]> RootsAsync(params string[] jobs) => [.. (await Task.WhenAll(jobs.Select(JobAsync))).Select(job => job.RootKey)];

    private async Task<JobState[]> StatesAsync(params string[] jobs) => [.. (await Task.WhenAll(jobs.Select(JobAsync))).Select(job => job.State)];
}
