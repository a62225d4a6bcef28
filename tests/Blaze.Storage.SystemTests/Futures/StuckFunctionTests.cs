using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Functions that go on after they were told to stop, on a worker with a single thread for them.</summary>
public sealed class StuckFunctionTests(RedisFixture fixture) : IDisposable
{
    private readonly ManualResetEventSlim _goOn = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static CallOptions Short => new() { TimeLimit = TimeSpan.FromMilliseconds(50), Pure = false };

    public void Dispose() => _goOn.Dispose();

    [Fact]
    public async Task Call_PastItsTimeLimit_FailsAndTheWorkerWorksOn()
    {
        await using var cluster = await StartAsync();

        var problem = await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<int>("block", Short)));

        Assert.Equal("System.TimeoutException", problem.Error.Type);
        Assert.Contains("time limit", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1)));
        await StuckIsAsync(cluster, 1);
        _goOn.Set();
        await StuckIsAsync(cluster, 0);
        Assert.Equal(3, await Soon(cluster.Client.SubmitNamed<int>("inc", 2)));
    }

    [Fact]
    public async Task Call_PastItsTimeLimitWithRetries_IsTriedAgain()
    {
        await using var cluster = await StartAsync();
        var options = Short with { Retries = new RetryPolicy(1, TimeSpan.Zero) };

        await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<int>("block", options)));

        await StuckIsAsync(cluster, 2);
        _goOn.Set();
    }

    [Fact]
    public async Task Cancel_OfAFunctionThatIgnoresIt_FreesTheSlot()
    {
        await using var cluster = await StartAsync();
        var future = cluster.Client.SubmitNamed<int>("block");
        await _started.Task.WaitAsync(FutureCluster.Deadline, Token);

        await cluster.Client.CancelAsync(future).WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1)));
        await StuckIsAsync(cluster, 1);
        _goOn.Set();
    }

    [Fact]
    public async Task Cancel_OfAnAsyncFunctionThatIgnoresIt_IsCountedUntilItEnds()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await StartAsync(offer: operations => operations.Add("wait", () => end.Task));

        await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<object>("wait", Short)));

        await StuckIsAsync(cluster, 1);
        end.SetResult();
        await StuckIsAsync(cluster, 0);
    }

    [Fact]
    public async Task Worker_WithTooManyOfThem_LeavesAndSaysWhy()
    {
        await using var cluster = await StartAsync(most: 2);
        var worker = await cluster.Inner.StartWorkerAsync(OneThread(cluster) with { MaxStuckCalls = 1, Tags = ["#doomed"] });

        await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<int>("block", Short with { OnlyPlaces = ["#doomed"] })));

        var problem = await Assert.ThrowsAsync<BlazeException>(() => worker.Ended.WaitAsync(FutureCluster.Deadline, Token));
        Assert.Contains("functions that go on", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(worker.Name, (await cluster.Client.WorkersAsync(Token)).Select(one => one.Id));
        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1)));
        _goOn.Set();
    }

    [Fact]
    public async Task Stop_OfAWorkerWithAFunctionThatIgnoresIt_DoesNotWaitForIt()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: Offer);
        var worker = await cluster.Inner.StartWorkerAsync(OneThread(cluster) with { DrainPeriod = TimeSpan.Zero });
        var future = cluster.Client.SubmitNamed<int>("block");
        await _started.Task.WaitAsync(FutureCluster.Deadline, Token);

        await worker.DisposeAsync().AsTask().WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal(FutureStatus.Pending, future.Status);
        _goOn.Set();
        await cluster.Inner.StartWorkerAsync(cluster.Options);
        Assert.Equal(1, await Soon(future));
    }

    [Fact]
    public async Task Cancel_WithAHandlerThatThrowsAndOneThatBlocks_HarmsNobodyElse()
    {
        await using var cluster = await StartAsync(offer: operations => operations.Add("handlers", (CancellationToken stop) =>
        {
            stop.Register(() => throw new InvalidOperationException("on purpose"));
            stop.Register(_goOn.Wait);
            _started.TrySetResult();
            stop.WaitHandle.WaitOne();
            return 0;
        }));
        var future = cluster.Client.SubmitNamed<int>("handlers");
        await _started.Task.WaitAsync(FutureCluster.Deadline, Token);

        await cluster.Client.CancelAsync(future).WaitAsync(FutureCluster.Deadline, Token);
        await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<int>("handlers", Short)));

        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1)));
        _goOn.Set();
    }

    private static Task<T> Soon<T>(Future<T> future) => future.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);

    // The worker's heartbeats say it.
    private static Task StuckIsAsync(FutureCluster cluster, int count) =>
        FutureCluster.UntilAsync(async () => (await cluster.Client.WorkersAsync(Token)).Single().Stuck == count);

    private static WorkerOptions OneThread(FutureCluster cluster) =>
        cluster.Options with { Slots = 1, ReadsPerSlot = 1, Lease = TimeSpan.FromSeconds(1) };

    private async Task<FutureCluster> StartAsync(int? most = null, Action<OperationRegistry>? offer = null)
    {
        var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: Offer + offer);
        await cluster.Inner.StartWorkerAsync(OneThread(cluster) with { MaxStuckCalls = most });
        return cluster;
    }

    private void Offer(OperationRegistry operations) => operations.Add("block", () =>
    {
        _started.TrySetResult();
        _goOn.Wait();
        return 1;
    });
}
