using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Blaze.Storage.Center;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Calls that take resources of their worker, on workers in this process that count how many run at once.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The runner disposes of it.")]
public abstract class ResourceTests(ServerFixture fixture) : IDisposable
{
    private readonly ManualResetEventSlim _goOn = new();
    private readonly ConcurrentDictionary<string, int> _runs = new();
    private readonly SemaphoreSlim _handedOver = new(0);
    private int _begun;
    private int _now;
    private int _most;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _goOn.Dispose();
        _handedOver.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Submit_MoreThanFitAtOnce_RunsAsManyAsThereAreResources()
    {
        await using var cluster = await StartAsync(Gpus(2) with { Slots = 4 });

        var calls = Enumerable.Range(0, 200).Select(at => cluster.Client.SubmitNamed<int>("count", Gpu(1), at)).ToList();

        Assert.Equal(Enumerable.Range(0, 200), await Soon(cluster.Client.GatherAsync(calls, Token)));
        Assert.InRange(_most, 1, 2);
    }

    [Fact]
    public async Task Submit_CallsThatHoldEachOtherUp_RunsAsManyAsThereAreResourcesAndPlainOnesBeside()
    {
        await using var cluster = await StartAsync(Gpus(2) with { Slots = 4, ReadsPerSlot = 1 });

        var calls = Enumerable.Range(0, 4).Select(at => cluster.Client.SubmitNamed<int>("block", Gpu(1), at)).ToList();
        await FutureCluster.UntilAsync(() => Task.FromResult(Volatile.Read(ref _now) == 2));
        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1).ResultAsync(Token)));
        Assert.Equal(2, _most);
        _goOn.Set();

        Assert.Equal(Enumerable.Range(0, 4), await Soon(cluster.Client.GatherAsync(calls, Token)));
        Assert.Equal(2, _most);
    }

    [Fact]
    public async Task Submit_TwoResourcesAtOnce_NeedsBothOnOneWorker()
    {
        await using var cluster = await StartAsync(Gpus(4) with { Slots = 4, Memory = 1 << 20 });
        var both = new CallOptions { Resources = new Dictionary<string, long> { ["gpu"] = 1 }, Memory = 64 << 20, Pure = false };
        var waiting = cluster.Client.SubmitNamed<int>("count", both, 7);
        Assert.Equal(1, await Soon(cluster.Client.SubmitNamed<int>("count", Gpu(1), 1).ResultAsync(Token)));
        Assert.Equal(FutureStatus.Pending, waiting.Status);

        await cluster.Inner.StartWorkerAsync(Gpus(4, cluster) with { Slots = 4, Memory = 130 << 20 });

        Assert.Equal(7, await Soon(waiting.ResultAsync(Token)));
        _most = 0;
        await Soon(cluster.Client.GatherAsync(Enumerable.Range(0, 50).Select(at => cluster.Client.SubmitNamed<int>("count", both, at)).ToList(), Token));
        Assert.InRange(_most, 1, 2);
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("late")]
    [InlineData("late-async")]
    public async Task Call_ThatFails_GivesBackWhatItTook(string function)
    {
        await using var cluster = await StartAsync(Gpus(1));
        var options = Gpu(1) with { TimeLimit = TimeSpan.FromMilliseconds(50) };

        for (var at = 0; at < 3; at++)
            await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<int>(function, options).ResultAsync(Token)));

        Assert.Equal(5, await Soon(cluster.Client.SubmitNamed<int>("count", Gpu(1), 5).ResultAsync(Token)));
    }

    [Fact]
    public async Task Call_ThatIsTriedAgain_TakesItAgain()
    {
        await using var cluster = await StartAsync(Gpus(1));
        var options = Gpu(1) with { Retries = new RetryPolicy(2, TimeSpan.FromMilliseconds(1)) };

        Assert.Equal(3, await Soon(cluster.Client.SubmitNamed<int>("third-time", options).ResultAsync(Token)));
    }

    [Fact]
    public async Task Call_ThatDoesNotEndAtItsTimeLimit_HoldsWhatItTookUntilItDoes()
    {
        await using var cluster = await StartAsync(Gpus(1) with { Slots = 2 });
        await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<int>("block", Gpu(1) with { TimeLimit = TimeSpan.FromMilliseconds(50) }, 0).ResultAsync(Token)));

        var next = cluster.Client.SubmitNamed<int>("count", Gpu(1), 5);

        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1).ResultAsync(Token)));
        Assert.Equal(FutureStatus.Pending, next.Status);
        _goOn.Set();
        Assert.Equal(5, await Soon(next.ResultAsync(Token)));
        Assert.Equal(1, _most);
    }

    [Fact]
    public async Task Cancel_OfACallThatWaitsAndOfOneThatRuns_LeavesRoomForOthers()
    {
        await using var cluster = await StartAsync(Gpus(1));
        var running = cluster.Client.SubmitNamed<int>("patient", Gpu(1));
        await FutureCluster.UntilAsync(() => Task.FromResult(Volatile.Read(ref _now) == 1));
        var waiting = cluster.Client.SubmitNamed<int>("patient", Gpu(1));

        await Soon(cluster.Client.CancelAsync(waiting, running));

        Assert.Equal(5, await Soon(cluster.Client.SubmitNamed<int>("count", Gpu(1), 5).ResultAsync(Token)));
    }

    [Fact]
    public async Task Submit_MoreThanAnybodyHas_WaitsAndSaysWhy()
    {
        await using var cluster = await StartAsync(Gpus(2));
        using var waiting = cluster.Client.SubmitNamed<int>("count", Gpu(4), 1);
        using var unknown = cluster.Client.SubmitNamed<int>("count", new CallOptions { Resources = new Dictionary<string, long> { ["fpga"] = 1 } }, 2);
        using var fits = cluster.Client.SubmitNamed<int>("count", Gpu(2), 3);
        await Soon(fits.Ended);

        Assert.Contains("gpu=4", await cluster.Client.WhyWaitingAsync(waiting, Token), StringComparison.Ordinal);
        Assert.Contains("gpu=2", await cluster.Client.WhyWaitingAsync(waiting, Token), StringComparison.Ordinal);
        Assert.Contains("fpga", await cluster.Client.WhyWaitingAsync(unknown, Token), StringComparison.Ordinal);
        Assert.Null(await cluster.Client.WhyWaitingAsync(fits, Token));
        Assert.Equal(FutureStatus.Pending, waiting.Status);
        await cluster.Inner.StartWorkerAsync(Gpus(4, cluster));
        Assert.Equal(1, await Soon(waiting.ResultAsync(Token)));
    }

    [Fact]
    public async Task Submit_ForTaggedWorkersOnly_WantsBoth()
    {
        await using var cluster = await StartAsync(Gpus(2));
        await cluster.Inner.StartWorkerAsync(cluster.Options with { Tags = ["#here"] });
        var waiting = cluster.Client.SubmitNamed<int>("count", Gpu(1) with { OnlyPlaces = ["#here", "#there"] }, 1);
        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1).ResultAsync(Token)));
        Assert.Equal(FutureStatus.Pending, waiting.Status);

        await cluster.Inner.StartWorkerAsync(Gpus(1, cluster) with { Tags = ["#there"] });

        Assert.Equal(1, await Soon(waiting.ResultAsync(Token)));
    }

    [Fact]
    public async Task Submit_ManyThatNobodyOffersTheOperationOf_DoNotHoldUpTheOthers()
    {
        await using var cluster = await StartAsync(Gpus(1));
        var never = Enumerable.Range(0, 200).Select(at => cluster.Client.SubmitNamed<int>("never", Gpu(1), at)).ToList();

        Assert.Equal(5, await Soon(cluster.Client.SubmitNamed<int>("count", Gpu(1), 5).ResultAsync(Token)));

        Assert.All(never, call => Assert.Equal(FutureStatus.Pending, call.Status));
    }

    [Fact]
    public async Task Submit_OneThatTakesAllWhileSmallOnesKeepComing_HasItsTurn()
    {
        await using var cluster = await StartAsync(Gpus(2) with { Slots = 4 });
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Each ends when the next one has begun, so that both resources are never free by themselves.
        var small = Task.WhenAll(Enumerable.Range(0, 6).Select(_ => KeepBusyAsync(cluster, ended.Task)));
        await FutureCluster.UntilAsync(() => Task.FromResult(Volatile.Read(ref _begun) > 20));

        using var large = cluster.Client.SubmitNamed<int>("count", Gpu(2), 99);

        Assert.Equal(99, await Soon(large.ResultAsync(Token)));
        ended.SetResult();
        await Soon(small);
    }

    [Fact]
    public async Task Stop_OfAWorkerThatMakesRoom_LetsOthersMakeItWhileItsCallsEnd()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: Offer);
        await using var center = await CenterConnection.ConnectAsync(cluster.Address, Token);
        var worker = await cluster.Inner.StartWorkerAsync(Gpus(2) with { Operations = cluster.Operations, DrainPeriod = 2 * FutureCluster.Deadline });
        var small = cluster.Client.SubmitNamed<int>("block", Gpu(1), 1);
        await FutureCluster.UntilAsync(() => Task.FromResult(Volatile.Read(ref _now) == 1));
        using var large = cluster.Client.SubmitNamed<int>("count", Gpu(2), 2);
        await FutureCluster.UntilAsync(() => MayMakeRoomAsync(center));
        await FutureCluster.UntilAsync(async () => !await MayMakeRoomAsync(center));

        var stopped = worker.DisposeAsync().AsTask();

        await FutureCluster.UntilAsync(() => MayMakeRoomAsync(center));
        _goOn.Set();
        await Soon(stopped);
        Assert.Equal(1, await Soon(small.ResultAsync(Token)));
    }

    [Fact]
    public async Task Submit_ThatTakesNothingPossible_IsRefusedAtOnce()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);

        foreach (var options in (CallOptions[])[Gpu(0), Gpu(-1), new() { Memory = 0 }, new() { Resources = new Dictionary<string, long> { ["No Name"] = 1 } }])
            Assert.Throws<BlazeException>(() => cluster.Client.SubmitNamed<int>("inc", options, 1));
    }

    private static CallOptions Gpu(long count) => new() { Resources = new Dictionary<string, long> { ["gpu"] = count }, Pure = false };

    private static WorkerOptions Gpus(long count, FutureCluster? cluster = null) =>
        (cluster?.Options ?? new WorkerOptions { Slots = 1 }) with { Resources = ResourceAmounts.Of([new("gpu", count)]) };

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(FutureCluster.Deadline, Token);

    private static Task Soon(Task task) => task.WaitAsync(FutureCluster.Deadline, Token);

    private static async Task KeepBusyAsync(FutureCluster cluster, Task until)
    {
        while (!until.IsCompleted)
            await cluster.Client.SubmitNamed<int>("relay", Gpu(1), 1);
    }

    // It takes the room for the moment of the question alone.
    private static async Task<bool> MayMakeRoomAsync(CenterConnection center)
    {
        if ((await center.Demands.ListAsync("other", Token)).SingleOrDefault() is not { } demand)
            return false;
        var may = (await center.Demands.MakeRoomAsync("other", [demand.Function!], demand, TimeSpan.FromMinutes(1), Token)).MayMakeRoom;
        await center.Demands.MakeRoomAsync("other", [], demand, TimeSpan.Zero, Token);
        return may;
    }

    private async Task<FutureCluster> StartAsync(WorkerOptions worker)
    {
        var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: Offer);
        await cluster.Inner.StartWorkerAsync(worker with { Operations = cluster.Operations, MaxStuckCalls = 100 });
        return cluster;
    }

    private void Offer(OperationRegistry operations)
    {
        operations.Add("count", (int n) => Counted(() => Thread.Yield(), n));
        operations.Add("block", (int n) => Counted(_goOn.Wait, n));
        operations.Add("relay", (int n) =>
        {
            if (Interlocked.Increment(ref _begun) > 1)
                _handedOver.Release();
            return Counted(() => _handedOver.Wait(TimeSpan.FromSeconds(1)), n);
        });
        operations.Add("throw", int () => throw new InvalidOperationException("no"));
        operations.Add("late", (CancellationToken stop) => stop.WaitHandle.WaitOne());
        operations.Add("late-async", async (CancellationToken stop) => await new TaskCompletionSource<int>().Task.WaitAsync(stop));
        operations.Add("patient", (CancellationToken stop) => Counted(() => stop.WaitHandle.WaitOne(), 0));
        operations.Add("third-time", () => _runs.AddOrUpdate("third-time", 1, (_, runs) => runs + 1) is 3 and var all ? all : throw new InvalidOperationException("not yet"));
    }

    private int Counted(Action run, int n)
    {
        var now = Interlocked.Increment(ref _now);
        for (var most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most;)
            most = _most;
        run();
        Interlocked.Decrement(ref _now);
        return n;
    }
}

public sealed class ResourcesOnRedisTests(RedisFixture fixture) : ResourceTests(fixture);

public sealed class ResourcesOnGarnetTests(GarnetFixture fixture) : ResourceTests(fixture);
