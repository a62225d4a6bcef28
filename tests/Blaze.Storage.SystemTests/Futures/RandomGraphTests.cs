using Blaze.Storage.Client.Futures;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Graphs of calls, with workers that come and go, give what they would give here, and every future ends.</summary>
public abstract class RandomGraphTests(ServerFixture fixture)
{
    private const int Modulus = 1_000_003;
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 400)]
    [InlineData(3, 2000)]
    public async Task Gather_RandomGraphWhileWorkersLeave_GivesTheReference(int seed, int calls)
    {
        var random = new Random(seed);
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0, offer: operations => operations.Add("mix", (Func<int, int[], int>)Mix));
        var expected = new List<int>();
        var futures = new List<Future<int>>();
        for (var at = 0; at < calls; at++)
        {
            // Most take a few, some very many.
            var count = at == 0 ? 0 : random.Next(20) == 0 ? random.Next(Math.Min(at, 200)) : random.Next(Math.Min(at, 4));
            int[] needs = [.. Enumerable.Range(0, count).Select(_ => random.Next(at))];
            expected.Add(Mix(at, [.. needs.Select(need => expected[need])]));
            futures.Add(cluster.Client.SubmitNamed<int>("mix", at, needs.Select(need => futures[need]).ToList()));
        }

        // One is there for good, so that all ends; others leave in the middle and give back what they hold.
        await cluster.Inner.StartWorkerAsync(cluster.Options);
        for (var round = 0; round < 4; round++)
        {
            var leaving = await cluster.Inner.StartWorkerAsync(cluster.Options with { DrainPeriod = TimeSpan.Zero });
            await futures[calls * round / 4].ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);
            await leaving.DisposeAsync();
        }

        Assert.Equal(expected, await cluster.Client.GatherAsync(futures, Token).WaitAsync(FutureCluster.Deadline, Token));
    }

    private static int Mix(int seed, int[] values) => (int)(values.Aggregate((long)seed + 1, (sum, value) => ((sum * 31) + value) % Modulus));
}

public sealed class RandomGraphOnRedisTests(RedisFixture fixture) : RandomGraphTests(fixture);

public sealed class RandomGraphOnGarnetTests(GarnetFixture fixture) : RandomGraphTests(fixture);
