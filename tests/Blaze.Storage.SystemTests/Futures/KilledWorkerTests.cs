using Blaze.Storage.Center;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Graphs of calls on worker processes of which some are killed: what they held, and the large values they kept, are made again.</summary>
public abstract class KilledWorkerTests(ServerFixture fixture)
{
    private const int Workers = 3;

    // A call may lose its worker three times.
    private const int Kills = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 2000)]
    public async Task Await_RandomGraphWhileWorkersAreKilled_GivesTheReference(int seed, int calls)
    {
        var random = new Random(seed);
        var address = await fixture.NewNamespaceAsync(Token);
        await using var client = await FutureCluster.ConnectAsync(address);
        var workers = Enumerable.Range(0, Workers).Select(_ => Start(address)).ToList();
        try
        {
            var graph = CallGraph.Submit(client, seed, calls);
            for (var kill = 1; kill <= Kills; kill++)
            {
                await graph.Numbers[graph.Numbers.Count * kill / (Kills + 1)].Ended.WaitAsync(FutureCluster.Deadline, Token);
                var victim = random.Next(workers.Count);
                workers[victim].Dispose();
                workers[victim] = Start(address);
            }

            await graph.CheckAsync();
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static WorkerProcess Start(CenterAddress address) => WorkerProcess.Start(address, ["--allow-code"], ("BLAZE_CLUSTER_KEY", FutureCluster.KeyText));
}

public sealed class KilledWorkerOnRedisTests(RedisFixture fixture) : KilledWorkerTests(fixture);

public sealed class KilledWorkerOnGarnetTests(GarnetFixture fixture) : KilledWorkerTests(fixture);
