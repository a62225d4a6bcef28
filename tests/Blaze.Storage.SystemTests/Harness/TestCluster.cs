using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Results;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>A client and workers in this process, on a real center, with a store that counts what is read.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly CenterAddress _address;
    private readonly List<RunningWorker> _workers = [];

    private TestCluster(CenterAddress address, BlazeClient client)
    {
        _address = address;
        Client = client;
    }

    public BlazeClient Client { get; }

    /// <summary>What the workers read from, sources only.</summary>
    public required CountingStore Sources { get; init; }

    /// <summary>The durable cache of workers started from here on, or null.</summary>
    public DurableTier? Durable { get; private init; }

    /// <param name="address">A center, in a namespace of its own.</param>
    /// <param name="workers">How many workers to start.</param>
    /// <param name="cacheFolder">The folder of the durable cache, or null to go without.</param>
    public static Task<TestCluster> StartAsync(CenterAddress address, int workers = 1, string? cacheFolder = null, WorkerOptions? options = null)
    {
        var durable = cacheFolder is null ? null : new DurableTier(new LocalFileStore(), ResourceUri.FromLocalPath(cacheFolder));
        return StartAsync(address, new LocalFileStore(), durable, workers, options);
    }

    /// <param name="address">A center, in a namespace of its own.</param>
    /// <param name="sources">What is asked about.</param>
    /// <param name="durable">The durable cache, or null to go without.</param>
    /// <param name="workers">How many workers to start.</param>
    /// <param name="options">The workers' settings.</param>
    public static async Task<TestCluster> StartAsync(
        CenterAddress address, IObjectStore sources, DurableTier? durable, int workers = 1, WorkerOptions? options = null)
    {
        var client = await BlazeClient.ConnectAsync(address, new BlazeClientOptions { Durable = durable }, TestContext.Current.CancellationToken);
        var cluster = new TestCluster(address, client) { Sources = new CountingStore(sources), Durable = durable };
        for (var i = 0; i < workers; i++)
            await cluster.StartWorkerAsync(options);
        return cluster;
    }

    public async Task<RunningWorker> StartWorkerAsync(WorkerOptions? options = null)
    {
        var worker = await RunningWorker.StartAsync(_address, Sources, Durable, options ?? new WorkerOptions { Slots = 2 });
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Lets another client ask the same cluster, one that has the center alone.</summary>
    public async Task<JobSnapshot> AnswerWithoutTheFolderAsync(JobSpec spec)
    {
        await using var stranger = await BlazeClient.ConnectAsync(_address, new BlazeClientOptions(), TestContext.Current.CancellationToken);
        var job = await stranger.SubmitAsync(spec, 0, TestContext.Current.CancellationToken);
        return await job.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline);
    }

    /// <summary>Asks and waits for the end, whatever it is.</summary>
    public async Task<JobSnapshot> AskAsync(JobSpec spec)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        var job = await Client.SubmitAsync(spec, 0, deadline.Token);
        return await job.WaitAsync(deadline.Token);
    }

    /// <summary>Asks and waits for the answer; fails with the job's own words where there is none.</summary>
    public async Task<JobSnapshot> AnswerAsync(JobSpec spec)
    {
        var last = await AskAsync(spec);
        Assert.True(last.State == JobState.Done, $"The job ended {last.State}: {last.Error?.Message}\n{last.Error?.Stack}");
        return last;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        await Client.DisposeAsync();
    }
}
