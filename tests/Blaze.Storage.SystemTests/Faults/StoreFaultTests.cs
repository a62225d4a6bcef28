using System.Globalization;
using Blaze.Storage.Client;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Results;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Faults;

/// <summary>What goes wrong between a worker and a real store ends in the exact answer, or in an error that says what is wrong.</summary>
public sealed class StoreFaultTests(RedisFixture center, S3Fixture server)
{
    private const int Length = (20 << 20) + 12_345;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Disturbances => new(
        "500 now and then", "503 in a burst", "SlowDown", "SlowDown with Retry-After", "429", "reset at once", "reset mid-body", "reset mid-request",
        "truncated", "truncated head", "stalled head", "stalled body", "late", "longer than said", "shorter than said", "other range", "other object's length",
        "crash of the gateway");

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task Job_WithADisturbedStore_GivesTheExactAnswer(string disturbance)
    {
        await using var bucket = await FaultyBucket.StartAsync(server);
        var content = await bucket.PutAsync("a", Length);
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), bucket.Faulty, null);
        bucket.Proxy.Plan = request => PlanOf(disturbance, request, bucket.Proxy);

        var answer = await cluster.AnswerAsync(bucket.Question("HIST", "a"));

        Assert.Equal(NaiveHistogram.Of(1, content, new ByteRange(0, content.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
        Assert.True(bucket.Proxy.Faults > 0, "There was no fault.");
        Assert.True(bucket.Faulty.Repetitions > 0 || disturbance is "late", "Nothing was repeated.");
    }

    [Fact]
    public async Task Object_ReplacedDuringTheJob_FailsItAndLeavesNothingStale()
    {
        await using var bucket = await FaultyBucket.StartAsync(server);
        await bucket.PutAsync("a", Length, seed: 1);
        var replacement = Array.Empty<byte>();
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), bucket.Faulty, null);
        bucket.Proxy.Plan = request =>
        {
            if (request.Number == 4)
                replacement = bucket.PutAsync("a", Length, seed: 2).GetAwaiter().GetResult();
            return ProxyFault.None;
        };

        var failed = await cluster.AskAsync(bucket.Question("HIST", "a"));

        Assert.True(failed.State == JobState.Failed, failed.State.ToString());
        Assert.Contains("was changed or replaced while it was in use", failed.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(bucket.UriOf("a").Display, failed.Error.Message, StringComparison.Ordinal);
        var answer = await cluster.AnswerAsync(bucket.Question("HIST", "a"));
        Assert.Equal(NaiveHistogram.Of(1, replacement, new ByteRange(0, replacement.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
    }

    [Theory]
    [InlineData(403, "ExpiredToken", "session token has expired")]
    [InlineData(403, "InvalidAccessKeyId", "does not know the access key")]
    [InlineData(403, "AccessDenied", "allow")]
    public async Task Credentials_RefusedDuringTheJob_FailItAtOnceAndSaySo(int status, string code, string word)
    {
        await using var bucket = await FaultyBucket.StartAsync(server);
        await bucket.PutAsync("a", Length);
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), bucket.Faulty, null);
        bucket.Proxy.Plan = request => request.Number < 4 ? ProxyFault.None : ProxyFault.S3Error(status, code);

        var failed = await cluster.AskAsync(bucket.Question("HIST", "a"));

        Assert.True(failed.State == JobState.Failed, failed.State.ToString());
        Assert.Contains(bucket.UriOf("a").Display, failed.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(word, failed.Error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, bucket.Faulty.Repetitions);
    }

    [Theory]
    [InlineData("name that does not resolve")]
    [InlineData("refused connection")]
    [InlineData("500 for ever")]
    [InlineData("SlowDown for ever")]
    [InlineData("stall for ever")]
    [InlineData("whole objects instead of parts")]
    public async Task Job_WithAStoreThatIsOutOfOrder_FailsInTimeAndSaysSo(string disorder)
    {
        await using var bucket = await FaultyBucket.StartAsync(
            server,
            retries => retries with { TotalTime = TimeSpan.FromSeconds(2) },
            settings => disorder == "name that does not resolve" ? settings with { Endpoint = new Uri("http://blaze-storage.invalid:9000") } : settings);
        await bucket.PutAsync("a", Length);
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), bucket.Faulty, null);
        if (disorder == "refused connection")
            await bucket.Proxy.StopListeningAsync();
        bucket.Proxy.Plan = request => disorder switch
        {
            "500 for ever" => ProxyFault.S3Error(500, "InternalError"),
            "SlowDown for ever" => ProxyFault.S3Error(503, "SlowDown"),
            "stall for ever" => ProxyFault.Stall(0),
            "whole objects instead of parts" => ProxyFault.Rewrite(head => head.Replace("206 Partial Content", "200 OK", StringComparison.Ordinal)),
            _ => ProxyFault.None,
        };

        var failed = await cluster.AskAsync(bucket.Question("HIST", "a"));

        Assert.True(failed.State == JobState.Failed, failed.State.ToString());
        Assert.Contains(bucket.UriOf("a").Display, failed.Error!.Message, StringComparison.Ordinal);
        if (disorder != "whole objects instead of parts")
            Assert.Matches(@"\(tried \w+( times)? in \d+\.\d s", failed.Error.Message);
        if (disorder == "refused connection")
            bucket.Proxy.StartListening();
    }

    [Fact]
    public async Task DurableCache_BehindFaults_HoldsWhatWasComputed()
    {
        await using var bucket = await FaultyBucket.StartAsync(server);
        var content = await bucket.PutAsync("a", Length);
        var random = new Random(5);
        bucket.Proxy.Plan = _ => AnyOf(random, ProxyFault.Reset(0), ProxyFault.ResetRequest(300), ProxyFault.S3Error(500, "InternalError"), ProxyFault.Reset(200));
        for (var round = 0; round < 2; round++)
        {
            var durable = new DurableTier(bucket.Faulty, bucket.UriOf("cache"));
            await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), bucket.Faulty, durable);
            var answer = await cluster.AnswerAsync(bucket.Question("HIST", "a"));
            Assert.Equal(NaiveHistogram.Of(1, content, new ByteRange(0, content.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
            Assert.Equal(0, durable.DamagedCount);
            Assert.Equal(round == 0 ? content.Length : 0, cluster.Sources.BytesRead);
        }
    }

    private static ProxyFault PlanOf(string disturbance, ProxyRequest request, TcpProxy proxy)
    {
        var isRead = request.Line.StartsWith("GET ", StringComparison.Ordinal);
        var third = request.Number % 3 == 1;
        return disturbance switch
        {
            "500 now and then" when third => ProxyFault.S3Error(500, "InternalError"),
            "503 in a burst" when request.Number < 8 => ProxyFault.Answer(503),
            "SlowDown" when third => ProxyFault.S3Error(503, "SlowDown"),
            "SlowDown with Retry-After" when request.Number == 2 => ProxyFault.S3Error(503, "SlowDown", "Retry-After: 1"),
            "429" when third => ProxyFault.Answer(429, "slow down"),
            "reset at once" when third => ProxyFault.Reset(0),
            "reset mid-body" when isRead && third => ProxyFault.Reset(30_000),
            "reset mid-request" when third => ProxyFault.ResetRequest(50),
            "truncated" when isRead && third => ProxyFault.Truncate(20_000),
            "truncated head" when third => ProxyFault.Truncate(20),
            "stalled head" when request.Number is 1 or 5 => ProxyFault.Stall(0),
            "stalled body" when isRead && request.Number is 3 or 6 => ProxyFault.Stall(10_000),
            "late" when third => ProxyFault.Delay(TimeSpan.FromMilliseconds(300)),
            "longer than said" when isRead && third => ProxyFault.Rewrite(head => WithLength(head, -1)),
            "shorter than said" when isRead && third => ProxyFault.Rewrite(head => WithLength(head, 1)),
            "other range" when isRead && third => ProxyFault.Rewrite(head => head.Replace("Content-Range: bytes ", "Content-Range: bytes 1", StringComparison.OrdinalIgnoreCase)),
            "other object's length" when isRead && third => ProxyFault.Rewrite(head => head.Replace($"/{Length}", $"/{Length + 1}", StringComparison.Ordinal)),
            "crash of the gateway" when request.Number is 3 or 7 => Crash(proxy),
            _ => ProxyFault.None,
        };
    }

    private static ProxyFault Crash(TcpProxy proxy)
    {
        _ = proxy.ResetAllAsync();
        return ProxyFault.Reset(0);
    }

    private static string WithLength(string head, int more) => string.Join("\r\n", head.Split("\r\n").Select(line =>
        line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)
            ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {int.Parse(line[16..], CultureInfo.InvariantCulture) + more}")
            : line));

    private static ProxyFault AnyOf(Random random, params ProxyFault[] faults)
    {
        lock (random)
            return random.Next(4) == 0 ? faults[random.Next(faults.Length)] : ProxyFault.None;
    }
}
