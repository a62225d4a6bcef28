using Blaze.Storage.Center;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Functions of this program called on workers.</summary>
public abstract class ShippedFutureTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_MethodsLambdasAndLists_GiveWhatTheyWouldHere()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 2);
        var blaze = cluster.Client;
        var offset = 10;

        var x = blaze.Submit(Inc, 1);
        var y = blaze.Submit(Inc, x);
        var a = blaze.Map(n => n * n, Enumerable.Range(0, 10));
        var b = blaze.Map(n => -n, a);
        var total = blaze.Submit(v => v.Sum(), b);
        var captured = blaze.Submit(n => n + offset, y);
        var two = blaze.Submit((int first, int second) => first * second, x, y);
        var three = blaze.Submit((int first, int second, string third) => third + (first + second), x, 5, "is ");
        var later = blaze.Submit(async n => await Task.FromResult(n + 1), y);
        var text = blaze.Submit(v => v.ToString(), x);

        Assert.Equal(3, await Of(y));
        Assert.Equal(-285, await Of(total));
        Assert.Equal(13, await Of(captured));
        Assert.Equal(6, await Of(two));
        Assert.Equal("is 7", await Of(three));
        Assert.Equal(4, await Of(later));
        Assert.Equal("2", await Of(text));
        Assert.Equal(Enumerable.Range(0, 10).Select(n => n * n), await blaze.GatherAsync(a, Token).WaitAsync(FutureCluster.Deadline, Token));
        Assert.Matches("^inc-[0-9a-f]{32}$", x.Key);
        Assert.Equal(x.Key, blaze.Submit(Inc, 1).Key);
    }

    [Fact]
    public async Task Submit_ObjectsOfTheProgramsTypes_TravelBothWays()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);

        var moved = cluster.Client.Submit((Point point) => point with { X = point.X + 1 }, new Point(1, [2, 3]));

        var point = await Of(cluster.Client.Submit((Point p) => p with { X = p.X * 10 }, moved));
        Assert.Equal(20, point.X);
        Assert.Equal([2, 3], point.Rest);
    }

    [Fact]
    public async Task Submit_FunctionThatCallsOn_GivesTheValueOfItsCalls()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);

        Assert.Equal(6765, await Of(cluster.Client.Submit(Fibonacci, 20)));
        Assert.Equal(55, await Of(cluster.Client.Submit(SumOfSquares, 5)));
    }

    [Fact]
    public async Task Submit_CallsDeepInCalls_EndOnOneSlot()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);
        await cluster.Inner.StartWorkerAsync(cluster.Options with { Slots = 1 });

        var deepest = cluster.Client.Submit(Depth, 10_000).ResultAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10_000, await deepest.WaitAsync(3 * FutureCluster.Deadline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Submit_WithoutTheKey_IsRefusedHere()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture);

        var problem = Assert.Throws<FunctionException>(() => cluster.Inner.Client.Submit(Inc, 1));

        Assert.Equal(FunctionErrorKind.NotAllowed, problem.Kind);
    }

    [Fact]
    public async Task Submit_SignedWithAnotherKey_IsRefusedByTheWorker()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);
        var other = ClusterKey.Parse("ffffffffffffffffffffffffffffffff");
        await cluster.Inner.StartWorkerAsync(cluster.Options with { Code = new FunctionLoaderOptions { AllowCode = true, Key = other } });

        var problem = await Assert.ThrowsAsync<RemoteException>(() => Of(cluster.Client.Submit(Inc, 1)));

        Assert.Contains("cluster key", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WhenTheCenterHasLetTheCodeGo_StoresItAgain()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);
        await using (await cluster.Inner.StartWorkerAsync(cluster.Options))
            Assert.Equal(2, await Of(cluster.Client.Submit(Inc, 1)));
        await LetGoOfCodeAsync(cluster);

        // This worker has not loaded it yet.
        await cluster.Inner.StartWorkerAsync(cluster.Options);

        Assert.Equal(3, await Of(cluster.Client.Submit(Inc, 2)));
    }

    [Fact]
    public async Task Submit_WhenTheCenterHasLetGoOfCodeThatOnlyAWorkerHas_StoresItAgain()
    {
        using var begun = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 1, operations => operations.Add("hold", (int n) =>
        {
            begun.Release();
            goOn.Wait(Token);
            return n;
        }));
        var called = cluster.Client.Submit(IncOfHeld, 1);
        Assert.True(await begun.WaitAsync(FutureCluster.Deadline, Token));

        await LetGoOfCodeAsync(cluster);
        goOn.Set();

        Assert.Equal(2, await Of(called));
    }

    [Fact]
    public async Task Submit_WhenTheCenterStartedAgainEmpty_StoresTheCodeAgain()
    {
        await using var server = await fixture.StartOwnAsync(Token);
        await using var cluster = await FutureCluster.StartAsync(CenterAddress.Parse(server.Address("t")), workers: 0);
        await using (await cluster.Inner.StartWorkerAsync(cluster.Options))
            Assert.Equal(2, await Of(cluster.Client.Submit(Inc, 1)));
        var pending = cluster.Client.Submit(Inc, 2);

        await server.StopAsync();
        await server.StartAgainAsync(Token);
        await cluster.Inner.StartWorkerAsync(cluster.Options);

        Assert.Equal(3, await Of(pending));
        Assert.Equal(4, await Of(cluster.Client.Submit(Inc, 3)));
    }

    private static Task<T> Of<T>(Future<T> future) => future.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);

    // Room for one small value is room for no code.
    private static async Task LetGoOfCodeAsync(FutureCluster cluster)
    {
        await using var crowd = await CenterConnection.ConnectAsync(cluster.Address, new CenterOptions { ValueBudget = 100 }, Token);
        await crowd.Values.PutAsync([new StoredValue("NPY_00000000000000000000000000000000.0_9", new byte[9], Indexed: false)], Token);
    }

    private static int Inc(int n) => n + 1;

    private static Deferred<int> IncOfHeld(int n) => Deferred.Of(Inc, Deferred.Named<int>("hold", n));

    private static long Add(long first, long second) => first + second;

    private static Deferred<long> Fibonacci(int n) => n < 2 ? (long)n : Deferred.Of(Add, Deferred.Of(Fibonacci, n - 1), Deferred.Of(Fibonacci, n - 2));

    private static Deferred<int> SumOfSquares(int n) => Deferred.Of(all => all.Sum(), Enumerable.Range(1, n).Select(each => Deferred.Of(m => m * m, each)));

    private static Deferred<long> Depth(int n) => n == 0 ? 0L : Deferred.Of(Add, 1L, Deferred.Of(Depth, n - 1));

    public sealed record Point(int X, int[] Rest);
}

public sealed class ShippedFutureOnRedisTests(RedisFixture fixture) : ShippedFutureTests(fixture);

public sealed class ShippedFutureOnGarnetTests(GarnetFixture fixture) : ShippedFutureTests(fixture);
