using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>Bytes are read on hosts where they lie, as far as there are workers; and a host that is gone holds nothing up.</summary>
public abstract class LocalityTests(ServerFixture fixture)
{
    private const long MiB = 1 << 20;
    private static readonly string[] Hosts = ["node-a", "node-b", "node-c"];

    // However slow the machine is, the others are not idle for so long.
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Job_WhileAllHostsLive_ReadsOnHostsThatHoldTheBytes()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (150 * MiB) + 7, 31);
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        await using var client = await BlazeClient.ConnectAsync(address, null, TestContext.Current.CancellationToken);
        var stores = Hosts.Select(host => new LocatedStore(new LocalFileStore(), Hosts, host, MiB, replicas: 2)).ToList();
        await using var workers = await StartAsync(address, stores, LongWait);

        var answer = await AnswerAsync(client, path);

        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(NaiveHistogram.Of(1, bytes, new ByteRange(0, bytes.Length)).Counts, ((HistogramValue)answer.Value!).Counts);
        var (local, remote) = (stores.Sum(store => store.LocalBytes), stores.Sum(store => store.RemoteBytes));
        Assert.Equal((local, remote), (answer.Bytes.Local, answer.Bytes.Remote));
        Assert.True(local >= 0.9 * (local + remote), $"{local} bytes were read where they lie, {remote} elsewhere.");
    }

    [Fact]
    public async Task Job_StoreThatSaysNothing_SecondOperationReadsTheSameBytesOnTheSameHosts()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 150 * MiB, 32);
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        await using var client = await BlazeClient.ConnectAsync(address, null, TestContext.Current.CancellationToken);
        var stores = Hosts.Select(_ => new CountingStore(new LocalFileStore())).ToList();
        await using var workers = await StartAsync(address, stores, LongWait);

        await AnswerAsync(client, path);
        var first = stores.Select(BlocksReadFrom).ToList();
        stores.ForEach(store => store.Forget());
        await AnswerAsync(client, path, "ENT");

        Assert.Equal(10, first.Sum(blocks => blocks.Length));
        Assert.Equal(first, stores.Select(BlocksReadFrom));
    }

    [Fact]
    public async Task Job_StoreThatCannotSayWhere_IsAnsweredAllTheSame()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 20 * MiB, 33);
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        await using var client = await BlazeClient.ConnectAsync(address, null, TestContext.Current.CancellationToken);
        var problem = new ObjectStoreException(ObjectStoreErrorKind.Transient, "The name node is away.");
        var stores = Hosts.Select(host => new LocatedStore(new LocalFileStore(), Hosts, host, MiB, replicas: 2) { Problem = problem }).ToList();
        await using var workers = await StartAsync(address, stores, LongWait);

        Assert.Equal(20 * MiB, (await AnswerAsync(client, path)).Bytes.Read);
    }

    [Fact]
    public async Task Job_HostIsKilled_OthersComputeWhatItHeldAlone()
    {
        using var files = new SourceFiles();
        using (var file = File.Create(files.PathOf("sparse")))
            file.SetLength(12 * 1024 * MiB);
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        await using var client = await BlazeClient.ConnectAsync(address, null, TestContext.Current.CancellationToken);
        string[] hosts = [Environment.MachineName, "node-b", "node-c"];
        var stores = hosts[1..].Select(host => new LocatedStore(new LocalFileStore(), hosts, host, 256 * MiB, replicas: 1)).ToList();
        await using var workers = await StartAsync(address, stores, LongWait, hosts[1..]);
        using var doomed = WorkerProcess.Start(address);
        await ListedAsync(address, 3);
        using var deadline = new CancellationTokenSource(Deadline);
        var job = await client.SubmitAsync(SourceFiles.Question("HIST", files.PathOf("sparse")), 0, deadline.Token);

        JobSnapshot? last = null;
        await foreach (var snapshot in job.FollowAsync(deadline.Token))
        {
            last = snapshot;
            if (snapshot.Bytes.Computed > 0)
                doomed.Kill();
        }

        Assert.Equal(JobState.Done, last!.State);
        Assert.Equal(12 * 1024 * MiB, ((HistogramValue)last.Value!).Counts[0]);
    }

    private static long[] BlocksReadFrom(CountingStore store) =>
        [.. store.Reads.Where(read => !read.Range.IsEmpty).Select(read => read.Range.Start / (16 * MiB)).Distinct().Order()];

    private static async Task<WorkerGroup> StartAsync(CenterAddress address, IReadOnlyList<IObjectStore> stores, TimeSpan wait, string[]? hosts = null)
    {
        var workers = new WorkerGroup();
        foreach (var (store, host) in stores.Zip(hosts ?? Hosts))
        {
            var options = new WorkerOptions { Slots = 1, Host = host, HostNames = [], LocalityWait = wait };
            workers.Add(await RunningWorker.StartAsync(address, store, null, options));
        }

        await ListedAsync(address, stores.Count);
        return workers;
    }

    private static async Task ListedAsync(CenterAddress address, int workers)
    {
        await using var center = await CenterConnection.ConnectAsync(address, TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(Deadline);
        while ((await center.Workers.ListAsync(deadline.Token)).Count < workers)
            deadline.Token.ThrowIfCancellationRequested();
    }

    private static async Task<JobSnapshot> AnswerAsync(BlazeClient client, string path, string op = "HIST")
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var job = await client.SubmitAsync(SourceFiles.Question(op, path), 0, deadline.Token);
        var last = await job.WaitAsync(deadline.Token);
        Assert.True(last.State == JobState.Done, $"The job ended {last.State}: {last.Error?.Message}\n{last.Error?.Stack}");
        return last;
    }

    private sealed class WorkerGroup : IAsyncDisposable
    {
        private readonly List<RunningWorker> _workers = [];

        public void Add(RunningWorker worker) => _workers.Add(worker);

        public async ValueTask DisposeAsync()
        {
            foreach (var worker in _workers)
                await worker.DisposeAsync();
        }
    }
}

public sealed class LocalityOnRedisTests(RedisFixture fixture) : LocalityTests(fixture);

public sealed class LocalityOnGarnetTests(GarnetFixture fixture) : LocalityTests(fixture);
