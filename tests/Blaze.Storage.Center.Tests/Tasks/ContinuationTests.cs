using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisContinuationTests(RedisFixture fixture) : ContinuationTests(fixture);

public sealed class GarnetContinuationTests(GarnetFixture fixture) : ContinuationTests(fixture);

public abstract class ContinuationTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task Continuation_TenThousandDeep_EndsInBoundedCalls()
    {
        const int Depth = 10_000;
        await SubmitAsync("a", "t0");
        for (var level = 1; level <= Depth; level++)
        {
            var task = await ClaimOneAsync();
            Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(To(task, $"t{level}", New($"t{level}")), Cancellation));
        }

        Assert.Equal(ScriptStatus.Done, await CompleteAsync(await ClaimOneAsync()));
        Assert.InRange(await SettleAsync(), 2, (Depth / 64) + 20);
        var job = await JobAsync("a");
        Assert.Equal((JobState.Done, $"t{Depth}"), (job.State, job.ResultKey));
        Assert.Empty(await TaskKeysAsync());
    }

    [Fact]
    public async Task Completion_WithFiveThousandDependants_WakesThemInBoundedCalls()
    {
        const int FanOut = 5_000;
        await ExpandAsync("a", [Leaf("x"), .. Enumerable.Range(0, FanOut).Select(number => Merge($"d{number}", "x")), Merge("m", [.. Enumerable.Range(0, FanOut).Select(number => $"d{number}")])]);
        await CompleteAsync(await ClaimOneAsync());
        var calls = await SettleAsync();
        Assert.InRange(calls, (FanOut / 1000) - 1, (FanOut / 1000) + 1);
        var claimed = 0;
        while (await ClaimAsync(256) is { Count: > 0 } batch)
        {
            claimed += batch.Count;
            await Tasks.StepAsync(new StepRequest(Worker, [.. batch.Select(task => new Completion(task.Key, task.Attempt, 0, false))], 0, Lease), Cancellation);
            if (claimed > FanOut)
                break;
        }

        Assert.Equal(FanOut + 1, claimed);
        await SettleAsync();
        Assert.Equal(JobState.Done, (await JobAsync("a")).State);
    }

    [Fact]
    public async Task Continuation_Again_AlreadyDoneAndCountedOnce()
    {
        await SubmitAsync("a");
        var root = await ClaimOneAsync();
        var continuation = new Continuation(
            root.Key, root.Attempt, [.. Enumerable.Range(0, 700).Select(number => Leaf($"x{number}", 1)), Merge("m", "x0")], "m",
            new ProgressDelta(702, 7_020, 2, 20), [.. Enumerable.Range(0, 600).Select(number => $"=c{number}")], "{\"detail\":1}");
        Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(continuation, Cancellation));
        Assert.Equal(ScriptStatus.AlreadyDone, await Tasks.ContinueAsync(continuation, Cancellation));
        var job = await JobAsync("a");
        Assert.Equal(new JobProgress(702, 2, 0, 7_020, 20, 0, 0), job.Progress);
        Assert.Equal(("{\"detail\":1}", 600L), (job.Detail, job.FeedLength));
        Assert.Equal(Enumerable.Range(0, 600).Select(number => $"=c{number}"), await Center.Jobs.FeedAsync("a", 0, 1_000, Cancellation));
        Assert.Equal(["=c598", "=c599"], await Center.Jobs.FeedAsync("a", 598, 1_000, Cancellation));
    }

    [Fact]
    public async Task Page_Again_AppliedOnceAndGapsRefused()
    {
        await SubmitAsync("a");
        var root = await ClaimOneAsync();
        var page = new TaskPage(root.Key, root.Attempt, 0, 0, [Leaf("x")], ["=c"]);
        Assert.Equal(ScriptStatus.PageOutOfOrder, await Tasks.AddTasksAsync(page with { Page = 1 }, Cancellation));
        Assert.Equal(ScriptStatus.Done, await Tasks.AddTasksAsync(page, Cancellation));
        Assert.Equal(ScriptStatus.AlreadyDone, await Tasks.AddTasksAsync(page, Cancellation));
        Assert.Equal(["=c"], await Center.Jobs.FeedAsync("a", 0, 9, Cancellation));
        // While its maker runs on.
        Assert.Equal("x", (await ClaimOneAsync()).Key);
        Assert.Equal(ScriptStatus.PageOutOfOrder, await Tasks.ContinueAsync(To(root, "x"), Cancellation));
        Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(To(root, "x") with { FirstPage = 1, CostBefore = 1 }, Cancellation));
    }

    [Fact]
    public async Task Alias_DoneAlready_EndsTheTaskAtOnce()
    {
        await ExpandAsync("a", Leaf("x"), Leaf("y"), Merge("m", "x", "y"));
        await CompleteAsync(await ClaimOneAsync());
        await SubmitAsync("b", priority: 1);
        Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(To(await ClaimOneAsync(), "x"), Cancellation));
        Assert.Equal((JobState.Done, "x"), ((await JobAsync("b")).State, (await JobAsync("b")).ResultKey));
    }

    [Fact]
    public async Task Alias_Unknown_RefusedUnlessDeclaredStored()
    {
        await SubmitAsync("a");
        var root = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.UnknownAlias, await Tasks.ContinueAsync(To(root, "v", Leaf("x")), Cancellation));
        Assert.Equal(["root-a"], await TaskKeysAsync());
        Assert.Equal(ScriptStatus.Done, await Tasks.ContinueAsync(To(root, "v") with { AliasIsStored = true }, Cancellation));
        Assert.Equal("v", (await JobAsync("a")).ResultKey);
    }

    [Fact]
    public async Task Alias_ThatWaitsForTheTask_RefusedAndNothingWritten()
    {
        await ExpandAsync("a", New("n"), Merge("m", "n"), Merge("top", "m"));
        var node = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.Cycle, await Tasks.ContinueAsync(To(node, "n"), Cancellation));
        Assert.Equal(ScriptStatus.Cycle, await Tasks.ContinueAsync(To(node, "top"), Cancellation));
        Assert.Equal(ScriptStatus.Cycle, await Tasks.ContinueAsync(To(node, "z", Merge("z", "top")), Cancellation));
        Assert.Equal(ScriptStatus.Cycle, await Tasks.ContinueAsync(To(node, "z", Merge("z", "z1"), Leaf("z1")), Cancellation));
        Assert.Equal(ScriptStatus.Cycle, await Tasks.ContinueAsync(To(node, "z", Merge("z", "z")), Cancellation));
        Assert.Equal(["m", "n", "root-a", "top"], (await TaskKeysAsync()).Order());
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(node));
    }

    [Fact]
    public async Task Input_NobodyWantsAnyMoreThatWouldWaitForTheTask_Refused()
    {
        await ExpandAsync("a", Merge("n", "x"), Merge("top", "n"));
        await ClaimOneAsync();
        await SubmitAsync("b", "x");
        var x = await ClaimOneAsync();
        await Tasks.CancelAsync("a", Cancellation);
        Assert.Equal(ScriptStatus.Cycle, await Tasks.RecomputeAsync(x.Key, x.Attempt, ["n"], Cancellation));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(x));
    }

    [Fact]
    public async Task Alias_Failed_FailsAllThatContinuedWithTheFirstError()
    {
        await SubmitAsync("a");
        foreach (var next in (string[])["n1", "n2", "n3"])
            await Tasks.ContinueAsync(To(await ClaimOneAsync(), next, New(next)), Cancellation);
        var last = await ClaimOneAsync();
        await Tasks.FailAsync(last.Key, last.Attempt, Error("deep"), Cancellation);
        await SettleAsync();
        Assert.Equal((JobState.Failed, Error("deep")), ((await JobAsync("a")).State, (await JobAsync("a")).Error));
    }

    [Fact]
    public async Task Dependency_NotInTheTable_IsSatisfied()
    {
        await ExpandAsync("a", Merge("m", "cached1", "cached2"));
        Assert.Equal("m", (await ClaimOneAsync()).Key);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Key_ThatCannotBeOne_RefusedBeforeItIsSent(string key)
    {
        var error = await Assert.ThrowsAsync<CenterException>(() => SubmitAsync("a", key));
        Assert.Equal(CenterErrorKind.Invalid, error.Kind);
    }
}
