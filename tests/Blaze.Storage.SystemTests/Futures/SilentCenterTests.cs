using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Clients and workers whose connection to the center stops carrying packets while nothing breaks it.</summary>
public sealed class SilentCenterTests(RedisFixture fixture)
{
    private const int MiB = 1 << 20;

    // A silence is noticed after some ten seconds, and more than once if it has to be.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Await_ClientFellSilentWithPendingFutures_GivesTheReference()
    {
        var center = await fixture.NewNamespaceAsync(Token);
        await using var relay = CenterRelay.Start(center);
        await using var cluster = await FutureCluster.StartAsync(relay.Address, workers: 0);
        await using (await RunningWorker.StartAsync(center, new LocalFileStore(), null, cluster.Options))
            await cluster.Client.SubmitNamed<int>("inc", 1).Ended.WaitAsync(Deadline, Token);
        var graph = CallGraph.Submit(cluster.Client, 7, 200, failing: 5);

        relay.FallSilent();
        await using var worker = await RunningWorker.StartAsync(center, new LocalFileStore(), null, cluster.Options);
        relay.Speak();

        await graph.CheckAsync();
    }

    [Fact]
    public async Task Await_WorkerFellSilent_RunsWhatIsAskedAfterwards()
    {
        var center = await fixture.NewNamespaceAsync(Token);
        await using var relay = CenterRelay.Start(center);
        await using var cluster = await FutureCluster.StartAsync(center, workers: 0);
        await using var worker = await RunningWorker.StartAsync(relay.Address, new LocalFileStore(), null, cluster.Options with { Lease = TimeSpan.FromSeconds(1) });
        await cluster.Client.SubmitNamed<int>("inc", 1).Ended.WaitAsync(Deadline, Token);

        relay.FallSilent();
        var graph = CallGraph.Submit(cluster.Client, 8, 200, failing: 5);
        relay.Speak();

        await graph.CheckAsync();
    }

    [Fact]
    public async Task Follow_ClientFellSilentDuringItsJob_GetsTheAnswer()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 4 * MiB, 9);
        var center = await fixture.NewNamespaceAsync(Token);
        await using var relay = CenterRelay.Start(center);
        await using var cluster = await TestCluster.StartAsync(relay.Address, workers: 0);
        var job = await cluster.Client.SubmitAsync(SourceFiles.Question("HIST", path), 0, Token);
        var followed = job.WaitAsync(Token);

        relay.FallSilent();
        await using var worker = await RunningWorker.StartAsync(center, cluster.Sources, null, new() { Slots = 2 });
        relay.Speak();

        var last = await followed.WaitAsync(Deadline, Token);
        Assert.Equal(4 * MiB, ((HistogramValue)last.Value!).Total);
    }
}
