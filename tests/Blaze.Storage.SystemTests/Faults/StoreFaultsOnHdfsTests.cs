using Blaze.Storage.Adapters.Hdfs;
using Blaze.Storage.Adapters.Resilience;
using Blaze.Storage.Client;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.TestKit.WebHdfs;

namespace Blaze.Storage.SystemTests.Faults;

/// <summary>As <see cref="StoreFaultTests"/>, on HDFS.</summary>
public sealed class StoreFaultsOnHdfsTests(RedisFixture center)
{
    private const int Length = (20 << 20) + 12_345;

    private static readonly ResourceUri Source = ResourceUri.Parse("hdfs://cluster/data/a");

    private static readonly RetryOptions Hasty = new()
    {
        Attempts = 50,
        BaseDelay = TimeSpan.FromMilliseconds(2),
        MaxDelay = TimeSpan.FromMilliseconds(50),
        AttemptTime = TimeSpan.FromSeconds(10),
        Budget = 1_000_000,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Disturbances => new("status 500", "reset", "stall", "shortened", "reset mid-body", "stalled mid-body", "failover", "standby only for a while");

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task Job_WithADisturbedCluster_GivesTheExactAnswer(string disturbance)
    {
        await using var server = await WebHdfsServer.StartAsync();
        using var store = StoreOf(server, Hasty);
        var content = await PutAsync(store, Source, seed: 1);
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), store, null);
        var (reads, others) = (-1, -1);
        server.Fault = request => IsRead(request)
            ? FaultOfRead(disturbance, Interlocked.Increment(ref reads))
            : FaultOf(disturbance, Interlocked.Increment(ref others), server);

        var answer = await cluster.AnswerAsync(QuestionOf(Source));

        Assert.Equal(NaiveHistogram.Of(1, content, new ByteRange(0, content.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
        Assert.True(store.Repetitions > 0 || disturbance == "failover", "Nothing was repeated.");
    }

    [Fact]
    public async Task File_ReplacedDuringTheJob_FailsItAndSaysSo()
    {
        await using var server = await WebHdfsServer.StartAsync();
        using var store = StoreOf(server, Hasty);
        using var other = StoreOf(server, Hasty);
        await PutAsync(store, Source, seed: 1);
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), store, null);
        cluster.Sources.BeforeRead = read =>
        {
            if (read == 4)
                PutAsync(other, Source, seed: 2).GetAwaiter().GetResult();
        };

        var failed = await cluster.AskAsync(QuestionOf(Source));

        Assert.True(failed.State == Client.JobState.Failed, failed.State.ToString());
        Assert.Contains("was changed or replaced while it was in use", failed.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_WithAllDataNodesGone_FailsInTimeAndSaysSo()
    {
        await using var server = await WebHdfsServer.StartAsync();
        using var store = StoreOf(server, Hasty with { TotalTime = TimeSpan.FromSeconds(2) });
        await PutAsync(store, Source, seed: 1);
        await using var cluster = await TestCluster.StartAsync(await center.NewNamespaceAsync(Token), store, null);
        await server.StopDataNodeAsync(0);
        await server.StopDataNodeAsync(1);

        var failed = await cluster.AskAsync(QuestionOf(Source));

        Assert.True(failed.State == Client.JobState.Failed, failed.State.ToString());
        Assert.Contains(Source.Display, failed.Error!.Message, StringComparison.Ordinal);
        Assert.Matches(@"\(tried \w+( times)? in \d+\.\d s", failed.Error.Message);
    }

    private static RetryingStore StoreOf(WebHdfsServer server, RetryOptions retries) => new(
        new HdfsStore("hdfs", new HdfsOptions
        {
            NameServices = new Dictionary<string, IReadOnlyList<string>> { ["cluster"] = server.NameNodes },
            User = "hdfs",
            IdleTimeout = TimeSpan.FromSeconds(1),
            ReadSize = 1 << 20,
        }),
        retries);

    private static JobSpec QuestionOf(ResourceUri uri) => new("HIST", new Dictionary<string, string>(), [uri.ToString()], null, null);

    private static async Task<byte[]> PutAsync(RetryingStore store, ResourceUri uri, int seed)
    {
        var content = new byte[Length];
        new Random(seed).NextBytes(content);
        await store.PutAsync(uri, content, Token);
        return content;
    }

    private static bool IsRead(WebHdfsRequest request) => request.Operation == "OPEN" && request.Node.StartsWith("data", StringComparison.Ordinal);

    private static WebHdfsFault? FaultOfRead(string disturbance, int number) => disturbance switch
    {
        "status 500" when number % 3 == 1 => WebHdfsFault.Status(500),
        "reset" when number % 3 == 1 => WebHdfsFault.Reset,
        "stall" when number == 3 => WebHdfsFault.Stall,
        "shortened" when number % 3 == 1 => WebHdfsFault.Shorten(20_000),
        "reset mid-body" when number % 3 == 1 => WebHdfsFault.ResetAfter(20_000),
        "stalled mid-body" when number is 3 or 9 => WebHdfsFault.StallAfter(20_000),
        _ => null,
    };

    private static WebHdfsFault? FaultOf(string disturbance, int number, WebHdfsServer server)
    {
        if (disturbance == "failover" && number == 6)
            server.ActiveNameNode = "name1";
        if (disturbance == "standby only for a while")
            server.ActiveNameNode = number is > 4 and < 9 ? "none" : "name0";
        return disturbance switch
        {
            "status 500" when number % 3 == 1 => WebHdfsFault.Status(500),
            "reset" when number % 3 == 1 => WebHdfsFault.Reset,
            "stall" when number == 5 => WebHdfsFault.Stall,
            _ => null,
        };
    }
}
