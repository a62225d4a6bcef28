using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Values that are too large for the center: made, passed on, given to workers, lost and let go.</summary>
public abstract class LargeValueTests(ServerFixture fixture)
{
    private const int Length = 300_000;
    private const double Sum = (Length - 1) * (Length / 2.0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Await_LargeResult_ComesFromItsWorkerAndIsPassedOn()
    {
        await using var cluster = await StartAsync();
        var (first, second) = (await cluster.Inner.StartWorkerAsync(cluster.Options), await cluster.Inner.StartWorkerAsync(cluster.Options));

        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", At(first), Length, 0.0);
        var total = cluster.Client.SubmitNamed<double>("total", At(second), ramp);
        var bytes = cluster.Client.SubmitNamed<ReadOnlyMemory<double>>("identity", At(second), ramp);

        Assert.Equal(Sum, await Soon(total.ResultAsync(Token)));
        Assert.Equal(Length - 1, (await Soon(ramp.ResultAsync(Token)))[^1]);
        Assert.Equal(Length - 1, (await Soon(bytes.ResultAsync(Token))).Span[^1]);
        var holders = await cluster.Client.WhoHasAsync([ramp, bytes, total], Token);
        Assert.Equal(first.Name, holders[ramp.Key][0]);
        Assert.Equal([second.Name], holders[bytes.Key]);
        Assert.Empty(holders[total.Key]);
    }

    [Fact]
    public async Task Await_OnlyWhereTheArgumentIsNot_DoesNotWaitForItsHolder()
    {
        await using var cluster = await StartAsync();
        var options = cluster.Options with { LocalityWait = TimeSpan.FromHours(1) };
        var (first, second) = (await cluster.Inner.StartWorkerAsync(options), await cluster.Inner.StartWorkerAsync(options));

        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", At(first), Length, 0.0);
        await Soon(ramp.Ended);

        Assert.Equal(Sum, await Soon(cluster.Client.SubmitNamed<double>("total", At(second), ramp).ResultAsync(Token)));
    }

    [Fact]
    public async Task Await_WhenTheWorkersOfTheValuesAreGone_MakesThemAgain()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.Inner.StartWorkerAsync(cluster.Options);
        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", Length, 0.0);
        var twice = cluster.Client.SubmitNamed<double[]>("add-arrays", ramp, ramp);
        await Soon(twice.Ended);
        await first.DisposeAsync();
        await cluster.Inner.StartWorkerAsync(cluster.Options);

        var total = cluster.Client.SubmitNamed<double>("total", twice);

        Assert.Equal(2 * Sum, await Soon(total.ResultAsync(Token)));
        Assert.Equal(2.0 * (Length - 1), (await Soon(twice.ResultAsync(Token)))[^1]);
    }

    [Fact]
    public async Task Await_ByTheClientOfALostValue_MakesItAgain()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.Inner.StartWorkerAsync(cluster.Options);
        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", Length, 1.0);
        var twice = cluster.Client.SubmitNamed<double[]>("add-arrays", ramp, ramp);
        await Soon(twice.Ended);
        await first.DisposeAsync();
        await cluster.Inner.StartWorkerAsync(cluster.Options);

        Assert.Equal(2.0 * Length, (await Soon(twice.ResultAsync(Token)))[^1]);
    }

    [Fact]
    public async Task Await_ResultThatIsASliceOfItsArgument_StaysWhenTheArgumentsMemoryIsUsedAgain()
    {
        await using var cluster = await FutureCluster.StartAsync(
            fixture, workers: 0, offer: operations => operations.Add("rest", (ReadOnlyMemory<double> all) => all[1..]));
        var first = await cluster.Inner.StartWorkerAsync(cluster.Options);
        var second = await cluster.Inner.StartWorkerAsync(cluster.Options with { Memory = 8 << 20 });
        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", At(first), Length, 0.0);
        var rest = cluster.Client.SubmitNamed<double[]>("rest", At(second), ramp);
        await Soon(rest.Ended);

        // So many others come that the copy of the argument has to go.
        var others = Enumerable.Range(1, 6).Select(at => cluster.Client.SubmitNamed<double[]>("ramp", At(first), Length, at * 1e6)).ToList();
        await Soon(cluster.Client.GatherAsync(others.Select(other => cluster.Client.SubmitNamed<long>("size", At(second), other)), Token));
        Assert.False(await cluster.Client.ValuesOf(second.Name).ContainsAsync(ramp.Key, Token));

        Assert.Equal(Enumerable.Range(1, Length - 1).Select(at => (double)at), await Soon(rest.ResultAsync(Token)));
    }

    [Fact]
    public async Task Scatter_Arrays_AreSpreadGatheredAndUsed()
    {
        await using var cluster = await StartAsync();
        string[] workers = [(await cluster.Inner.StartWorkerAsync(cluster.Options)).Name, (await cluster.Inner.StartWorkerAsync(cluster.Options)).Name];
        double[][] arrays = [.. Enumerable.Range(0, 6).Select(row => Enumerable.Range(0, 1000 * (row + 1)).Select(at => (double)(row + at)).ToArray())];

        var data = await Soon(cluster.Client.ScatterAsync(arrays, null, Token));
        var holders = await cluster.Client.WhoHasAsync(data, Token);
        var held = await cluster.Client.HasWhatAsync(Token);
        var sums = data.Select(one => cluster.Client.SubmitNamed<double>("total", one)).ToList();

        Assert.Equal(arrays, await Soon(cluster.Client.GatherAsync(data, Token)));
        Assert.Equal(arrays.Select(array => array.Sum()), await Soon(cluster.Client.GatherAsync(sums, Token)));
        Assert.Equal(workers.Order(), holders.Values.SelectMany(names => names).Distinct().Order());
        Assert.All(holders.Values, names => Assert.Single(names));
        Assert.All(data, one => Assert.Contains(one.Key, held[holders[one.Key][0]].Select(value => value.Key)));
    }

    [Fact]
    public async Task Scatter_WithReplicas_SurvivesTheLossOfAWorker()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.Inner.StartWorkerAsync(cluster.Options);
        await cluster.Inner.StartWorkerAsync(cluster.Options);
        var data = await Soon(cluster.Client.ScatterAsync([new double[Length], [1, 2, 3]], new ScatterOptions { Replication = 2 }, Token));

        await first.DisposeAsync();

        Assert.Equal(6, await Soon(cluster.Client.SubmitNamed<double>("total", data[1]).ResultAsync(Token)));
        Assert.Equal(Length, (await Soon(data[0].ResultAsync(Token))).Length);
    }

    [Fact]
    public async Task Await_OfScatteredDataWhoseWorkerIsGone_FailsAndNamesIt()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.Inner.StartWorkerAsync(cluster.Options);
        var data = await Soon(cluster.Client.ScatterAsync([new double[] { 1, 2, 3 }], null, Token));
        await first.DisposeAsync();
        await cluster.Inner.StartWorkerAsync(cluster.Options);

        var problem = await Assert.ThrowsAsync<RemoteException>(() => Soon(cluster.Client.SubmitNamed<double>("total", data[0]).ResultAsync(Token)));
        var own = await Assert.ThrowsAsync<RemoteException>(() => Soon(data[0].ResultAsync(Token)));

        Assert.Contains($"'{data[0].Key}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"'{data[0].Key}'", own.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_OfLargeValues_FreesThemAtTheWorker()
    {
        await using var cluster = await StartAsync();
        var worker = await cluster.Inner.StartWorkerAsync(cluster.Options);
        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", Length, 2.0);
        var data = await Soon(cluster.Client.ScatterAsync([new double[Length]], null, Token));
        await Soon(ramp.Ended);
        var values = cluster.Client.ValuesOf(worker.Name);
        Assert.True(await values.ContainsAsync(ramp.Key, Token));
        Assert.True(await values.ContainsAsync(data[0].Key, Token));

        ramp.Dispose();
        data[0].Dispose();

        await FutureCluster.UntilAsync(async () => !await values.ContainsAsync(ramp.Key, Token) && !await values.ContainsAsync(data[0].Key, Token));
    }

    [Fact]
    public async Task Release_OfAValueThatOthersFetched_FreesTheirCopies()
    {
        await using var cluster = await StartAsync();
        var (first, second) = (await cluster.Inner.StartWorkerAsync(cluster.Options), await cluster.Inner.StartWorkerAsync(cluster.Options));
        var ramp = cluster.Client.SubmitNamed<double[]>("ramp", At(first), Length, 3.0);
        await Soon(cluster.Client.SubmitNamed<double>("total", At(second), ramp).ResultAsync(Token));
        await FutureCluster.UntilAsync(async () => (await cluster.Client.WhoHasAsync([ramp], Token))[ramp.Key].Count == 2);
        var copies = cluster.Client.ValuesOf(second.Name);
        Assert.True(await copies.ContainsAsync(ramp.Key, Token));

        ramp.Dispose();

        await FutureCluster.UntilAsync(async () => !await copies.ContainsAsync(ramp.Key, Token));
    }

    [Fact]
    public async Task Dictionary_OfAWorker_GetsSetsListsAndDeletes()
    {
        await using var cluster = await StartAsync();
        var worker = await cluster.Inner.StartWorkerAsync(cluster.Options);
        var values = cluster.Client.ValuesOf(worker.Name);

        await Soon(values.SetAsync("model/a b", "text", Token));
        await Soon(values.SetAsync("model/array", new[] { 1.5, 2.5 }, Token));

        Assert.Equal("text", await values.GetAsync<string>("model/a b", Token));
        Assert.Equal(new[] { 1.5, 2.5 }, await values.GetAsync<double[]>("model/array", Token));
        Assert.Equal(["model/a b", "model/array"], await values.ListAsync("model/", Token).Select(value => value.Key).ToListAsync(Token));
        Assert.True(await values.DeleteAsync("model/array", Token));
        Assert.False(await values.ContainsAsync("model/array", Token));
        await Assert.ThrowsAnyAsync<BlazeException>(() => values.GetAsync<string>("model/array", Token));
        await Assert.ThrowsAnyAsync<BlazeException>(() => Soon(cluster.Client.ValuesOf("nobody").GetAsync<string>("a", Token)));
    }

    [Fact]
    public async Task Worker_WithFullMemory_ClaimsAgainOnceValuesAreLetGo()
    {
        await using var cluster = await StartAsync();
        var worker = await cluster.Inner.StartWorkerAsync(cluster.Options with { Memory = 4 << 20 });
        var values = cluster.Client.ValuesOf(worker.Name);
        await Soon(values.SetAsync("ballast", new byte[7 << 19], Token));

        var call = cluster.Client.SubmitNamed<int>("inc", 1);
        // Its description says that the worker was there meanwhile, and asked for nothing.
        await FutureCluster.UntilAsync(async () => (await cluster.Client.WorkersAsync(Token)).Single().Memory >= 7 << 19);
        Assert.Equal(FutureStatus.Pending, call.Status);
        await values.DeleteAsync("ballast", Token);

        Assert.Equal(2, await Soon(call.ResultAsync(Token)));
    }

    [Fact]
    public async Task Worker_WithASpillFolder_KeepsMoreThanItsMemory()
    {
        var folder = Directory.CreateTempSubdirectory("blaze-test-");
        await using (var cluster = await StartAsync())
        {
            await cluster.Inner.StartWorkerAsync(cluster.Options with { Memory = 8 << 20, SpillFolder = folder.FullName });

            var ramps = Enumerable.Range(0, 12).Select(at => cluster.Client.SubmitNamed<double[]>("ramp", Length, (double)at)).ToList();
            var arrays = await Soon(cluster.Client.GatherAsync(ramps, Token));

            Assert.Equal(Enumerable.Range(0, 12).Select(at => Length - 1.0 + at), arrays.Select(array => array[^1]));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Cluster_WithoutAKey_MovesValuesAsWell()
    {
        var address = await fixture.NewNamespaceAsync(Token);
        await using var cluster = await TestCluster.StartAsync(address, workers: 2, options: new WorkerOptions { Slots = 1 });

        var ramps = Enumerable.Range(0, 4).Select(at => cluster.Client.SubmitNamed<double[]>("ramp", Length, (double)at)).ToList();
        var sums = ramps.Chunk(2).Select(pair => cluster.Client.SubmitNamed<double[]>("add-arrays", pair[0], pair[1])).ToList();

        Assert.Equal([(2.0 * Length) - 1, (2.0 * Length) + 3], (await Soon(cluster.Client.GatherAsync(sums, Token))).Select(array => array[^1]));
    }

    [Fact]
    public async Task Await_WithAnotherClusterKey_IsRefusedAndNotTakenAsLost()
    {
        await using var cluster = await StartAsync();
        await cluster.Inner.StartWorkerAsync(cluster.Options);
        await using var stranger = await BlazeClient.ConnectAsync(cluster.Address, null, Token);

        var problem = await Assert.ThrowsAnyAsync<BlazeException>(() => Soon(stranger.SubmitNamed<double[]>("ramp", Length, 0.0).ResultAsync(Token)));

        Assert.Contains("cluster key", problem.Message, StringComparison.Ordinal);
    }

    private static CallOptions At(RunningWorker worker) => new() { OnlyPlaces = [worker.Name] };

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(FutureCluster.Deadline, Token);

    private static Task Soon(Task task) => task.WaitAsync(FutureCluster.Deadline, Token);

    private Task<FutureCluster> StartAsync() => FutureCluster.StartAsync(fixture, workers: 0, offer: operations => operations.Add("total", (double[] all) => all.Sum()));
}

public sealed class LargeValueOnRedisTests(RedisFixture fixture) : LargeValueTests(fixture);

public sealed class LargeValueOnGarnetTests(GarnetFixture fixture) : LargeValueTests(fixture);
