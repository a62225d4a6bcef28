using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Graphs of calls over a center that cannot be reached for a while, or whose messages are lost.</summary>
public abstract class CutCenterTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 100, 4)]
    [InlineData(2, 2000, 20)]
    public async Task Await_RandomGraphWhileTheCenterIsCutOff_GivesTheReference(int seed, int calls, int refusals)
    {
        await using var relay = CenterRelay.Start(await fixture.NewNamespaceAsync(Token));
        await using var cluster = await FutureCluster.StartAsync(relay.Address, workers: 0);
        for (var worker = 0; worker < 2; worker++)
            await cluster.Inner.StartWorkerAsync(cluster.Options with { Lease = TimeSpan.FromSeconds(1) });
        var graph = CallGraph.Submit(cluster.Client, seed, calls, failing: 5);

        for (var cut = 1; cut <= 2; cut++)
        {
            await graph.Numbers[graph.Numbers.Count * cut / 3].Ended.WaitAsync(FutureCluster.Deadline, Token);
            await relay.CutAsync(refusals, Token).WaitAsync(FutureCluster.Deadline, Token);
        }

        await graph.CheckAsync();
    }

    [Fact]
    public async Task Await_RandomGraphWithoutAnyMessage_EndsThroughQuestions()
    {
        await using var relay = CenterRelay.Start(await fixture.NewNamespaceAsync(Token));
        relay.LosesMessages = true;
        await using var cluster = await FutureCluster.StartAsync(relay.Address, workers: 2);

        var graph = CallGraph.Submit(cluster.Client, 3, 300, failing: 10);
        var cancelled = graph.All.Where((_, at) => at % 50 == 49).ToList();
        await cluster.Client.CancelAsync(cancelled).WaitAsync(FutureCluster.Deadline, Token);

        await graph.CheckAsync(cancelled);
        Assert.True(relay.LostMessages > 0, "Nothing was lost.");
    }
}

public sealed class CutCenterOnRedisTests(RedisFixture fixture) : CutCenterTests(fixture);

public sealed class CutCenterOnGarnetTests(GarnetFixture fixture) : CutCenterTests(fixture);
