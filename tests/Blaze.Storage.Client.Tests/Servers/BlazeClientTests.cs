using Blaze.Storage.Center;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Client.Tests.Servers;

public sealed class RedisBlazeClientTests(RedisFixture fixture) : BlazeClientTests(fixture), IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Follow_CenterIsKilledAndComesBackEmpty_SaysThatTheJobIsGone()
    {
        await using var server = await CenterServers.StartRedisAsync(Token);
        await using var client = await BlazeClient.ConnectAsync(CenterAddress.Parse(server.Address("gone")), null, Token);
        var job = await client.SubmitAsync(Question(), cancellationToken: Token);
        await using var snapshots = job.FollowAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await snapshots.MoveNextAsync());

        await server.StopAsync();
        Assert.True(await snapshots.MoveNextAsync());
        Assert.Contains("does not answer", snapshots.Current.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, snapshots.Current.Notice, StringComparison.Ordinal);

        await server.StartAgainAsync(Token);
        var problem = await Assert.ThrowsAsync<NoSuchJobException>(async () => await snapshots.MoveNextAsync());
        Assert.Contains(job.Id, problem.Message, StringComparison.Ordinal);
    }
}

public sealed class GarnetBlazeClientTests(GarnetFixture fixture) : BlazeClientTests(fixture), IClassFixture<GarnetFixture>;

public abstract class BlazeClientTests(ServerFixture fixture) : IAsyncLifetime
{
    private const int Chunks = 4;
    private static readonly HistogramOperation Operation = new(1);
    private static readonly string Hash = new('c', 32);
    private CenterConnection _center = null!;
    private BlazeClient _client = null!;
    private HandWorker _worker = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var address = await fixture.NewNamespaceAsync(Token);
        _center = await CenterConnection.ConnectAsync(address, Token);
        _client = await BlazeClient.ConnectAsync(address, null, Token);
        _worker = new HandWorker(_center, Operation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        if (_center is not null)
            await _center.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Follow_WorkerComputesChunkByChunk_RefinesAndEndsExact()
    {
        var job = await _client.SubmitAsync(Question(), cancellationToken: Token);
        await using var snapshots = job.FollowAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await snapshots.MoveNextAsync());
        Assert.Null(snapshots.Current.Detail);

        await _worker.StoreAsync(KeyOf(0), ValueOf(KeyOf(0)));
        var recipe = await PlanAsync();
        Assert.Equal(Question().Sources, recipe.Job.Sources);
        for (var computed = 0; computed < Chunks; computed++)
        {
            var snapshot = await UntilAsync(snapshots, found => found.Detail is not null && found.Blocks.Computed == computed);
            Assert.Equal((Chunks, 1, computed), (snapshot.Blocks.Total, snapshot.Blocks.Cached, snapshot.Blocks.Computed));
            Assert.Equal((1 + computed) * Grid.FinestSize, ((HistogramValue)snapshot.Value!).Total);
            Assert.Equal((1.0 + computed) / Chunks, snapshot.Coverage, 12);
            Assert.Equal(computed, snapshot.Estimate!.SampledChunks);
            Assert.False(snapshot.Exact);
            if (computed < Chunks - 1)
                await _worker.ComputeAsync(ValueOf);
        }

        Assert.Equal(Root, await _worker.ComputeAsync(_ => Whole()));

        var last = await UntilAsync(snapshots, found => found.IsTerminal);
        Assert.Equal((JobState.Done, 1.0), (last.State, last.Coverage));
        Assert.Equal(Whole().Counts, ((HistogramValue)last.Value!).Counts);
        // Three chunks and the merge, which reported as much.
        Assert.Equal(new ByteCounts(Chunks * Grid.FinestSize, 4 * 123, Grid.FinestSize, 3 * Grid.FinestSize), last.Bytes);
        Assert.False(await snapshots.MoveNextAsync());
    }

    [Fact]
    public async Task Wait_AttachedFromAnotherClient_GetsTheAnswer()
    {
        var submitted = await _client.SubmitAsync(Question(), cancellationToken: Token);
        var waiting = _client.Attach(submitted.Id).WaitAsync(Token);
        await _worker.StoreAsync(KeyOf(0), ValueOf(KeyOf(0)));
        await PlanAsync();
        for (var i = 0; i < Chunks; i++)
            await _worker.ComputeAsync(key => key == Root ? Whole() : ValueOf(key));

        Assert.Equal(Whole().Counts, ((HistogramValue)(await waiting).Value!).Counts);
        Assert.Equal(Whole().Counts, ((HistogramValue)(await submitted.WaitAsync(Token)).Value!).Counts);
    }

    [Fact]
    public async Task Wait_PlanFails_HasTheWorkersError()
    {
        var job = await _client.SubmitAsync(Question(), cancellationToken: Token);
        var error = new JobError("ObjectStoreException", "There is no file /data.", "NotFound", "at X", "PLAN-1", "hand");
        await _worker.FailAsync(error);

        var last = await job.WaitAsync(Token);

        Assert.Equal((JobState.Failed, error), (last.State, last.Error));
    }

    [Fact]
    public async Task Cancel_RunningJob_EndsItOnce()
    {
        var job = await _client.SubmitAsync(Question(), cancellationToken: Token);
        var waiting = job.WaitAsync(Token);

        Assert.True(await job.CancelAsync(Token));

        Assert.Equal(JobState.Cancelled, (await waiting).State);
        Assert.False(await _client.CancelAsync(job.Id, Token));
        Assert.False(await _client.CancelAsync("nobody", Token));
    }

    [Fact]
    public async Task ListJobs_SeveralJobs_NewestFirst()
    {
        var first = await _client.SubmitAsync(Question(), 7, Token);
        await SubmitInALaterMillisecondAsync(first);

        var jobs = await _client.ListJobsAsync(cancellationToken: Token);

        // Several may have been submitted in the first one's millisecond; these are in no order.
        var oldest = Assert.Single(jobs, job => job.Id == first.Id);
        Assert.Equal(jobs[^1].Created, oldest.Created);
        Assert.Equal((7, JobState.Running, "HIST"), (oldest.Priority, oldest.State, oldest.Spec.Op));
        Assert.Equal(jobs.Select(job => job.Created).OrderDescending(), jobs.Select(job => job.Created));
        Assert.Equal(oldest.Created, (await _client.GetJobAsync(first.Id, Token))!.Created);
        Assert.Null(await _client.GetJobAsync("nobody", Token));
    }

    [Fact]
    public async Task Workers_OneRenewed_IsListedWithWhatItSays()
    {
        Assert.Empty(await _client.WorkersAsync(Token));

        await _center.Tasks.RenewAsync("w1", new WorkerDescription("here", 42, 8, 3, 5).ToJson(), [], [], TimeSpan.FromSeconds(10), Token);

        var worker = Assert.Single(await _client.WorkersAsync(Token));
        Assert.Equal(("w1", "here", 42, 8, 3), (worker.Id, worker.Host, worker.ProcessId, worker.Slots, worker.Tasks));
    }

    [Fact]
    public async Task Keys_StoredChunks_AreListedByPrefix()
    {
        await _worker.StoreAsync(KeyOf(0), ValueOf(KeyOf(0)));
        await _worker.StoreAsync(KeyOf(1), ValueOf(KeyOf(1)));
        var keys = new List<string>();

        await foreach (var key in _client.KeysAsync($"HIST_{Hash}", Token))
            keys.Add(key);

        Assert.Equal([KeyOf(0), KeyOf(1)], keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Submit_BadQuestion_RecordsNothing()
    {
        await Assert.ThrowsAsync<BlazeException>(() => _client.SubmitAsync(Question() with { Op = "SORT" }, cancellationToken: Token));

        Assert.Empty(await _client.ListJobsAsync(cancellationToken: Token));
    }

    protected static JobSpec Question() => new("HIST", new Dictionary<string, string>(), ["file:///data"], null, null);

    private static string Root => $"HIST_{Hash}.{new ByteRange(0, Chunks * Grid.FinestSize)}";

    private static string KeyOf(int chunk) => $"HIST_{Hash}.{new Block(0, chunk).Range}";

    private static HistogramValue ValueOf(string key)
    {
        var counts = new long[256];
        counts[Enumerable.Range(0, Chunks).First(chunk => KeyOf(chunk) == key)] = Grid.FinestSize;
        return new HistogramValue(counts);
    }

    private static HistogramValue Whole() =>
        (HistogramValue)Operation.Merge([.. Enumerable.Range(0, Chunks).Select(ChunkValue (chunk) => ValueOf(KeyOf(chunk)))]);

    private static async Task<JobSnapshot> UntilAsync(IAsyncEnumerator<JobSnapshot> snapshots, Predicate<JobSnapshot> condition)
    {
        do
        {
            if (condition(snapshots.Current))
                return snapshots.Current;
        }
        while (await snapshots.MoveNextAsync());
        throw new InvalidOperationException("The job ended before.");
    }

    private Task<Core.Recipes.PlanRecipe> PlanAsync()
    {
        var length = Chunks * Grid.FinestSize;
        var detail = new JobDetail("HIST", new Dictionary<string, string> { ["n"] = "1" }, [new JobSource("file:///data", Hash, length, 0, length)], 0, length);
        return _worker.PlanAsync(
            detail, Root, length, [$"={KeyOf(0)}"], Grid.FinestSize, [.. Enumerable.Range(1, Chunks - 1).Select(chunk => (KeyOf(chunk), Grid.FinestSize))]);
    }

    // The center orders jobs by the millisecond of their submission.
    private async Task SubmitInALaterMillisecondAsync(Job first)
    {
        var created = (await _client.GetJobAsync(first.Id, Token))!.Created;
        Job second;
        do
        {
            second = await _client.SubmitAsync(Question(), cancellationToken: Token);
        }
        while ((await _client.GetJobAsync(second.Id, Token))!.Created == created);
    }
}
