using System.Runtime.CompilerServices;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Named operations called from a client, over a real center.</summary>
public abstract class FutureTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Await_CallOfAnOperation_GivesItsValue()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);

        using var future = cluster.Client.SubmitNamed<int>("inc", 1);

        Assert.Equal(2, await future.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal(FutureStatus.Done, future.Status);
        Assert.Matches("^inc-[0-9a-f]{32}$", future.Key);
    }

    [Fact]
    public async Task Await_CallsOfFutures_PassesTheValuesOn()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 2);
        var chain = cluster.Client.SubmitNamed<int>("inc", 0);
        for (var link = 1; link < 100; link++)
            chain = cluster.Client.SubmitNamed<int>("inc", chain);
        var squares = Enumerable.Range(0, 100).Select(n => cluster.Client.SubmitNamed<int>("plus", n, chain)).ToList();

        var total = cluster.Client.SubmitNamed<int>("sum-ints", squares);

        Assert.Equal((100 * 100) + (99 * 100 / 2), await total.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal(Enumerable.Range(100, 100), await cluster.Client.GatherAsync(squares, Token).WaitAsync(FutureCluster.Deadline, Token));
    }

    [Fact]
    public async Task Await_FunctionThrows_GivesTypeMessageAndStack()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, offer: operations => operations.Add("divide", (Func<int, int, int>)Divide));

        var failing = cluster.Client.SubmitNamed<int>("divide", 1, 0);
        var waiting = cluster.Client.SubmitNamed<int>("inc", failing);

        var problem = await Assert.ThrowsAsync<RemoteException>(() => failing.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal("System.DivideByZeroException", problem.Error.Type);
        Assert.Contains(nameof(Divide), problem.Error.Stack, StringComparison.Ordinal);
        Assert.Equal(failing.Key, problem.Task);
        var along = await Assert.ThrowsAsync<RemoteException>(() => waiting.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal(failing.Key, along.Task);
    }

    [Fact]
    public async Task Submit_EqualPureCalls_RunOnce()
    {
        var runs = 0;
        await using var cluster = await FutureCluster.StartAsync(fixture, offer: operations => operations.Add("count", (int n) => Interlocked.Increment(ref runs) + n));
        await using var other = await FutureCluster.ConnectAsync(cluster.Address);

        var first = await cluster.Client.SubmitNamed<int>("count", 5).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);
        var second = await other.SubmitNamed<int>("count", 5).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);
        var impure = await other.SubmitNamed<int>("count", new CallOptions { Pure = false }, 5).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal((6, 6, 7), (first, second, impure));
    }

    [Fact]
    public async Task Await_OperationNobodyOffersYet_WaitsForAWorkerThatDoes()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var late = cluster.Client.SubmitNamed<string>("late");
        await cluster.Client.SubmitNamed<int>("inc", 1).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);
        Assert.Equal(FutureStatus.Pending, late.Status);

        cluster.Operations.Add("late", () => "here");
        await cluster.Inner.StartWorkerAsync(cluster.Options);

        Assert.Equal("here", await late.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
    }

    [Fact]
    public async Task Cancel_PendingCalls_EndsThemAndThoseThatNeedThem()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var never = cluster.Client.SubmitNamed<int>("never");
        var waiting = cluster.Client.SubmitNamed<int>("inc", never);

        await cluster.Client.CancelAsync(never).WaitAsync(FutureCluster.Deadline, Token);

        await Assert.ThrowsAsync<TaskCanceledException>(() => never.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal(FutureStatus.Cancelled, waiting.Status);
    }

    [Fact]
    public async Task Release_OfEndedCalls_EndsWhenTheCenterHasNoneOfThem()
    {
        var runs = 0;
        await using var cluster = await FutureCluster.StartAsync(fixture, 1, operations => operations.Add("count", (int n) => Interlocked.Increment(ref runs)));
        await using var other = await FutureCluster.ConnectAsync(cluster.Address);
        var futures = Enumerable.Range(0, 300).Select(at => cluster.Client.SubmitNamed<int>("count", at)).ToList();
        await cluster.Client.GatherAsync(futures, Token).WaitAsync(FutureCluster.Deadline, Token);

        await cluster.Client.ReleaseAsync(futures).WaitAsync(FutureCluster.Deadline, Token);

        // An equal call would share what is still there.
        Assert.Equal(301, await other.SubmitNamed<int>("count", 299).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Throws<ObjectDisposedException>(() => cluster.Client.SubmitNamed<int>("inc", futures[0]));
    }

    [Fact]
    public async Task Release_OfWhatAnotherFutureHolds_LeavesItToThat()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var first = cluster.Client.SubmitNamed<int>("inc", 1);
        var second = cluster.Client.SubmitNamed<int>("inc", 1);

        await cluster.Client.ReleaseAsync(first).WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal(2, await second.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
    }

    [Fact]
    public async Task Release_AfterTheClientEnded_IsOverAtOnce()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var never = cluster.Client.SubmitNamed<int>("never");
        await cluster.Client.DisposeAsync();

        await cluster.Client.ReleaseAsync(never).WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal(FutureStatus.Cancelled, never.Status);
    }

    [Fact]
    public async Task Dispose_OfTheClient_CancelsWhatIsPending()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var never = cluster.Client.SubmitNamed<int>("never");

        await cluster.Client.DisposeAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => never.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
    }

    [Fact]
    public async Task Await_LargeResult_GivesItAndPassesItOn()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, offer: operations =>
        {
            operations.Add("steps", (int n) => Enumerable.Range(0, n).Select(at => (double)at).ToArray());
            operations.Add("total", (double[] all) => all.Sum());
        });

        var ramp = cluster.Client.SubmitNamed<double[]>("steps", 100_000);
        var total = cluster.Client.SubmitNamed<double>("total", ramp);

        Assert.Equal(99_999d * 100_000 / 2, await total.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal(99_999d, (await ramp.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token))[^1]);
    }

    [Fact]
    public async Task Await_FailingWithRetries_IsTriedAgain()
    {
        var runs = 0;
        await using var cluster = await FutureCluster.StartAsync(fixture, offer: operations => operations.Add(
            "third", () => Interlocked.Increment(ref runs) < 3 ? throw new InvalidOperationException("not yet") : runs));

        var options = new CallOptions { Retries = new RetryPolicy(5, TimeSpan.FromMilliseconds(1)) };
        var value = await cluster.Client.SubmitNamed<int>("third", options).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal(3, value);
    }

    [Fact]
    public async Task Await_LongerThanItsTimeLimit_Fails()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, offer: operations => operations.Add(
            "forever", async (CancellationToken stop) => await new TaskCompletionSource().Task.WaitAsync(stop)));

        var future = cluster.Client.SubmitNamed<object>("forever", new CallOptions { TimeLimit = TimeSpan.FromMilliseconds(50) });

        var problem = await Assert.ThrowsAsync<RemoteException>(() => future.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Equal("System.TimeoutException", problem.Error.Type);
    }

    [Fact]
    public async Task AsCompleted_MixOfFastAndNever_GivesWhatHasEnded()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);
        var never = cluster.Client.SubmitNamed<int>("never");
        Future<int>[] all = [never, .. Enumerable.Range(0, 10).Select(n => cluster.Client.SubmitNamed<int>("inc", n))];
        var seen = new List<int>();

        await foreach (var done in cluster.Client.AsCompleted(all, Token))
        {
            seen.Add(await done);
            if (seen.Count == 10)
                break;
        }

        Assert.Equal(Enumerable.Range(1, 10), seen.Order());
    }

    // A stack has no line for a function that became part of its caller.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Divide(int a, int b) => a / b;
}

public sealed class FutureOnRedisTests(RedisFixture fixture) : FutureTests(fixture);

public sealed class FutureOnGarnetTests(GarnetFixture fixture) : FutureTests(fixture);
