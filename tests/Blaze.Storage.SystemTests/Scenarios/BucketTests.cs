using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Results;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>Questions over a bucket of a real S3 server, with results kept in a bucket as well.</summary>
public sealed class BucketTests(RedisFixture redis, S3Fixture s3)
{
    private const int MiB = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_OfAPrefix_MergesEveryObjectBelowIt()
    {
        await using var bucket = await FaultyBucket.StartAsync(s3);
        var content = await bucket.PutAsync("logs/2026/a.bin", (3 * MiB) + 7, 1);
        var second = await bucket.PutAsync("logs/2026/deep/b c+%.bin", MiB - 1, 2);
        await bucket.PutAsync("logs/2027/c.bin", 100, 3);
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), bucket.Direct, null, 2);

        var answer = await cluster.AnswerAsync(bucket.Question("HIST", "logs/2026/"));

        byte[] all = [.. content, .. second];
        Assert.Equal(NaiveHistogram.Of(1, all, new ByteRange(0, all.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
        Assert.Equal(all.Length, cluster.Sources.BytesRead);
        Assert.Equal((all.Length, 0L), (answer.Bytes.Remote, answer.Bytes.Local));
    }

    [Fact]
    public async Task SameQuestion_CenterEmptiedWithResultsInABucket_ReadsNoByte()
    {
        await using var bucket = await FaultyBucket.StartAsync(s3);
        await bucket.PutAsync("big", 20 * MiB);
        var durable = new DurableTier(bucket.Direct, bucket.UriOf("cache/of results"));
        await using var server = await redis.StartOwnAsync(Token);
        var address = CenterAddress.Parse(server.Address("t"));
        JobSnapshot before;
        await using (var cluster = await TestCluster.StartAsync(address, bucket.Direct, durable, 2))
        {
            before = await cluster.AnswerAsync(bucket.Question("HIST", "big"));
            Assert.Equal(20 * MiB, cluster.Sources.BytesRead);
        }

        await server.StopAsync();
        await server.StartAgainAsync(Token);
        await using var again = await TestCluster.StartAsync(address, bucket.Direct, durable, 2);
        var after = await again.AnswerAsync(bucket.Question("HIST", "big"));

        Assert.Equal(((HistogramValue)before.Value!).Counts, ((HistogramValue)after.Value!).Counts);
        Assert.Equal(0, again.Sources.BytesRead);
        Assert.Equal(0, after.Bytes.Read);
    }

    [Fact]
    public async Task Question_ObjectReplacedMidJob_FailsAndTheNextAnswerIsOfTheNewBytes()
    {
        await using var bucket = await FaultyBucket.StartAsync(s3);
        await bucket.PutAsync("a", 20 * MiB, 1);
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), bucket.Direct, null, 1);
        cluster.Sources.BeforeRead = read =>
        {
            if (read == 4)
                bucket.PutAsync("a", 20 * MiB, 2).GetAwaiter().GetResult();
        };

        var failed = await cluster.AskAsync(bucket.Question("HIST", "a"));

        Assert.Equal(JobState.Failed, failed.State);
        Assert.Contains(bucket.UriOf("a").Display, failed.Error!.Message, StringComparison.Ordinal);
        cluster.Sources.BeforeRead = null;
        var content = new byte[20 * MiB];
        new Random(2).NextBytes(content);
        var answer = await cluster.AnswerAsync(bucket.Question("HIST", "a"));
        Assert.Equal(NaiveHistogram.Of(1, content, new ByteRange(0, content.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
    }

    [Fact]
    public async Task Difference_OfTwoObjects_ReadsBothOnce()
    {
        await using var bucket = await FaultyBucket.StartAsync(s3);
        var content = await bucket.PutAsync("a", 5 * MiB);
        content[123_456] ^= 1;
        await bucket.Direct.PutAsync(bucket.UriOf("b"), content, Token);
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), bucket.Direct, null, 1);
        var spec = bucket.Question("DIFF", "a") with { Sources = [bucket.UriOf("a").ToString(), bucket.UriOf("b").ToString()] };

        var answer = await cluster.AnswerAsync(spec);

        Assert.Equal(1, ((Core.Operations.Difference.DifferenceValue)answer.Value!).Differing);
        Assert.Equal(2 * content.Length, cluster.Sources.BytesRead);
    }
}
