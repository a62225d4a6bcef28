using System.Globalization;
using System.Net;
using Blaze.Storage.Adapters.Hdfs;
using Blaze.Storage.Adapters.Resilience;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.TestKit.WebHdfs;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>
/// Three hosts, each a loopback address with a data node and a worker of its own, over a cluster that keeps two replicas of each block.
/// </summary>
public sealed class HdfsHostsTests(RedisFixture redis)
{
    private const int MiB = 1 << 20;
    private const int Length = 96 * MiB;
    private static readonly IPAddress[] Hosts = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3"), IPAddress.Parse("127.0.0.4")];
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_AllHostsAlive_ReadsNineTenthsWhereTheBytesLie()
    {
        await using var server = await StartServerAsync();
        var (uri, content) = await PutAsync(server);
        var address = await redis.NewNamespaceAsync(Token);
        await using var workers = await Workers.StartAsync(address, server);
        await using var client = await BlazeClient.ConnectAsync(address, null, Token);

        var answer = await AskAsync(client, uri);

        AssertExact(content, answer);
        Assert.Equal(Length, answer.Bytes.Read);
        Assert.True(
            answer.Bytes.Local >= Length / 10 * 9,
            string.Create(CultureInfo.InvariantCulture, $"{answer.Bytes.Local} of {Length} bytes were read where they lie."));
        // What the data nodes saw is the witness.
        Assert.Equal(answer.Bytes.Local, server.Served.Where(served => HostOf(server, served.Key.Node) == served.Key.Client).Sum(served => served.Value));
    }

    [Fact]
    public async Task Question_OneHostGone_EndsWithTheExactAnswer()
    {
        await using var server = await StartServerAsync();
        var (uri, content) = await PutAsync(server);
        var address = await redis.NewNamespaceAsync(Token);
        await using var workers = await Workers.StartAsync(address, server);
        await using var client = await BlazeClient.ConnectAsync(address, null, Token);

        // The host goes as soon as it serves the job: its worker with tasks in hand, and its data node.
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Fault = request =>
        {
            if (request is { Node: "data0", Operation: "OPEN" })
                reached.TrySetResult();
            return null;
        };
        var asked = AskAsync(client, uri);
        await reached.Task.WaitAsync(Deadline, Token);
        server.ForgetDataNode(0);
        await server.StopDataNodeAsync(0);
        await workers.StopAsync(0);

        AssertExact(content, await asked);
    }

    private static Task<WebHdfsServer> StartServerAsync() =>
        WebHdfsServer.StartAsync(new WebHdfsServerOptions { DataNodes = Hosts, Replicas = 2, BlockSize = MiB });

    private static HdfsStore StoreAt(WebHdfsServer server, IPAddress host) => new("hdfs", new HdfsOptions
    {
        NameServices = new Dictionary<string, IReadOnlyList<string>> { ["cluster"] = server.NameNodes },
        LocalAddress = host.ToString(),
        User = "hdfs",
        ReadSize = MiB,
    });

    private static async Task<(ResourceUri Uri, byte[] Content)> PutAsync(WebHdfsServer server)
    {
        var uri = ResourceUri.Parse("hdfs://cluster/data/big");
        var content = new byte[Length];
        new Random(1).NextBytes(content);
        using var store = StoreAt(server, IPAddress.Loopback);
        await store.PutAsync(uri, content, Token);
        return (uri, content);
    }

    private static async Task<JobSnapshot> AskAsync(BlazeClient client, ResourceUri uri)
    {
        var job = await client.SubmitAsync(new JobSpec("HIST", new Dictionary<string, string>(), [uri.ToString()], null, null), 0, Token);
        var last = await job.WaitAsync(Token).WaitAsync(Deadline, Token);
        Assert.True(last.State == JobState.Done, last.Error?.Message);
        return last;
    }

    private static void AssertExact(byte[] content, JobSnapshot answer) =>
        Assert.Equal(NaiveHistogram.Of(1, content, new ByteRange(0, content.Length)).Counts, ((HistogramValue)answer.Value!).Counts);

    private static string HostOf(WebHdfsServer server, string node) => server.DataNodeHost(int.Parse(node["data".Length..], CultureInfo.InvariantCulture));

    /// <summary>A worker for each host.</summary>
    private sealed class Workers(List<(HdfsStore Store, RunningWorker Worker)> all) : IAsyncDisposable
    {
        public static async Task<Workers> StartAsync(CenterAddress address, WebHdfsServer server)
        {
            var all = new List<(HdfsStore, RunningWorker)>();
            foreach (var host in Hosts)
            {
                var store = StoreAt(server, host);
                var options = new WorkerOptions { Slots = 1, Host = host.ToString(), HostNames = [], Lease = TimeSpan.FromSeconds(2), DrainPeriod = TimeSpan.Zero };
                var retries = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(20), TotalTime = TimeSpan.FromSeconds(20) };
                all.Add((store, await RunningWorker.StartAsync(address, new RetryingStore(store, retries), null, options)));
            }

            return new Workers(all);
        }

        public ValueTask StopAsync(int index) => all[index].Worker.DisposeAsync();

        public async ValueTask DisposeAsync()
        {
            foreach (var (store, worker) in all)
            {
                await worker.DisposeAsync();
                store.Dispose();
            }
        }
    }
}
