using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>When, where and for whom calls run.</summary>
public abstract class CallOptionsTests(ServerFixture fixture)
{
    // More than travels through the center, so that its holder is who ran it.
    private const int Length = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_FutureThatNobodyHolds_RunsAllTheSame()
    {
        var ran = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: operations => operations.Add("note", (int n) => ran.TrySetResult(n)));
        Fire(cluster.Client);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        await cluster.Inner.StartWorkerAsync(cluster.Options);

        Assert.Equal(7, await ran.Task.WaitAsync(FutureCluster.Deadline, Token));
    }

    [Fact]
    public async Task Submit_WithPriorities_RunsTheHigherOnesFirst()
    {
        var order = new ConcurrentQueue<int>();
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: operations => operations.Add("note", (int n) =>
        {
            order.Enqueue(n);
            return n;
        }));
        int[] priorities = [-5, 0, 20, 0, -5, 20, 100];
        var calls = priorities.Select((priority, at) => cluster.Client.SubmitNamed<int>("note", new CallOptions { Priority = priority }, at)).ToList();
        // Calls are sent in their order: when the center has answered for this one, it has them all.
        await Soon(cluster.Client.CancelAsync(cluster.Client.SubmitNamed<int>("never")));

        await cluster.Inner.StartWorkerAsync(cluster.Options with { Slots = 1, ReadsPerSlot = 1 });

        await Soon(cluster.Client.GatherAsync(calls, Token));
        Assert.Equal([6, 2, 5, 1, 3, 0, 4], order);
    }

    [Fact]
    public async Task Submit_PreferringAWorker_RunsThereAndElsewhereWhereItIsNotThere()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);
        var patient = cluster.Options with { LocalityWait = FutureCluster.Deadline * 2 };
        var (first, second) = (await cluster.Inner.StartWorkerAsync(patient), await cluster.Inner.StartWorkerAsync(patient));
        await WorkersAreAsync(cluster, 2);

        foreach (var wanted in (string[])[second.Name, first.Name, second.Name])
            Assert.Equal([wanted], await HoldersAsync(cluster, new CallOptions { Places = [wanted], Pure = false }));

        Assert.Single(await HoldersAsync(cluster, new CallOptions { Places = ["nobody"], Pure = false }));
    }

    [Fact]
    public async Task Submit_ForAHostOnly_WaitsForIt()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);
        await cluster.Inner.StartWorkerAsync(cluster.Options with { Host = "here" });
        var options = new CallOptions { OnlyPlaces = ["there", "yonder"] };
        var waiting = cluster.Client.SubmitNamed<double[]>("ramp", options, Length, 0.0);
        Assert.Equal(2, await Soon(cluster.Client.SubmitNamed<int>("inc", 1).ResultAsync(Token)));
        Assert.Equal(FutureStatus.Pending, waiting.Status);

        var yonder = await cluster.Inner.StartWorkerAsync(cluster.Options with { Host = "yonder" });

        await Soon(waiting.Ended);
        Assert.Equal([yonder.Name], (await cluster.Client.WhoHasAsync([waiting], Token))[waiting.Key]);
    }

    [Fact]
    public async Task Follow_CallsThatEndInEveryWay_CountsThem()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, offer: operations => operations.Add("throw", int () => throw new InvalidOperationException("no")));
        Future[] all = [.. Enumerable.Range(0, 5).Select(at => cluster.Client.SubmitNamed<int>("inc", at)), cluster.Client.SubmitNamed<int>("throw"), cluster.Client.SubmitNamed<int>("never")];
        var told = new List<CallProgress>();

        await foreach (var progress in cluster.Client.FollowAsync(all, Token))
        {
            told.Add(progress);
            if (progress.Pending == 1)
                await cluster.Client.CancelAsync(all[^1]);
        }

        Assert.Equal(new CallProgress(7, 5, 1, 1), told[^1]);
        Assert.Equal(told.Order(Comparer<CallProgress>.Create((left, right) => right.Pending - left.Pending)), told);
        Assert.All(told, progress => Assert.Equal(7, progress.Total));
    }

    // In a method of its own, so that nothing here holds it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fire(BlazeClient client) => client.SubmitNamed<bool>("note", 7);

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(FutureCluster.Deadline, Token);

    private static Task Soon(Task task) => task.WaitAsync(FutureCluster.Deadline, Token);

    private static Task WorkersAreAsync(FutureCluster cluster, int count) =>
        FutureCluster.UntilAsync(async () => (await cluster.Client.WorkersAsync(Token)).Count == count);

    private static async Task<IReadOnlyList<string>> HoldersAsync(FutureCluster cluster, CallOptions options)
    {
        using var ramp = cluster.Client.SubmitNamed<double[]>("ramp", options, Length, 0.0);
        await Soon(ramp.Ended);
        return (await cluster.Client.WhoHasAsync([ramp], Token))[ramp.Key];
    }
}

public sealed class CallOptionsOnRedisTests(RedisFixture fixture) : CallOptionsTests(fixture);

public sealed class CallOptionsOnGarnetTests(GarnetFixture fixture) : CallOptionsTests(fixture);
