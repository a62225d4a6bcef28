using System.Text.Json;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Results;
using CenterJobState = Blaze.Storage.Center.Jobs.JobState;

namespace Blaze.Storage.Client.Tests.Following;

public sealed class JobTests
{
    private const int Chunks = 40;
    private static readonly HistogramOperation Operation = new(1);
    private static readonly string Hash = new('a', 32);
    private static readonly string Result = KeyOf(new ByteRange(0, Chunks * Grid.FinestSize));
    private readonly RushingTime _time = new();
    private readonly ScriptedCenter _center = new(Operation);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_JobGetsDone_RefinesAndEndsExact()
    {
        _center.At(3, Plan);
        for (var i = 0; i < Chunks; i++)
        {
            var chunk = i;
            _center.At(10 + chunk, () => Finish(chunk));
        }

        _center.At(60, () => End(Chunks));

        var snapshots = await FollowAsync();

        var last = snapshots[^1];
        Assert.Equal(JobState.Done, last.State);
        Assert.True(last.Exact);
        Assert.Equal(1, last.Coverage);
        Assert.Equal(CountsOf(Chunks), ((HistogramValue)last.Value!).Counts);
        Assert.Equal(TimeSpan.FromSeconds(7), last.Elapsed);
        Assert.All(((HistogramEstimate)last.Estimate!).StandardErrors, error => Assert.Equal(0, error));
        Assert.All(snapshots.SkipLast(1), snapshot => Assert.False(snapshot.IsTerminal));
        Assert.Equal(snapshots.Select(snapshot => snapshot.Coverage).Order(), snapshots.Select(snapshot => snapshot.Coverage));
        var half = snapshots.First(snapshot => snapshot.Coverage >= 0.5);
        Assert.Equal(half.Bytes.Computed, ((HistogramValue)half.Value!).Total);
        Assert.InRange(((HistogramEstimate)half.Estimate!).StandardErrors[0], 1, double.MaxValue);
    }

    [Fact]
    public async Task Follow_ManyChanges_GivesTheFirstAtOnceAndTenASecond()
    {
        _center.At(1, Plan);
        for (var look = 2; look < 90; look++)
            _center.At(look, () => _center.Record = _center.Record! with { Progress = _center.Record.Progress with { BytesRead = _center.Record.Progress.BytesRead + 1 } });
        _center.At(90, () => End(Chunks));
        var times = new List<TimeSpan>();

        await foreach (var snapshot in Job().FollowAsync(Token))
            times.Add(_time.Elapsed);

        Assert.Equal(TimeSpan.Zero, times[0]);
        Assert.All(times.Zip(times.Skip(1)).SkipLast(1), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(100)));
        Assert.InRange(times.Count, 20, (int)(times[^1].TotalSeconds * 10) + 2);
    }

    [Fact]
    public async Task Follow_NothingChanges_GivesNothing()
    {
        _center.At(1, Plan);
        _center.At(50, () => End(Chunks));

        Assert.Equal([JobState.Running, JobState.Done], (await FollowAsync()).Select(snapshot => snapshot.State));
    }

    [Fact]
    public async Task Follow_EndIsAnnounced_EndsWithoutWaitingForThePoll()
    {
        var job = new Job(ScriptedCenter.JobId, _center, new BlazeClientOptions { TimeProvider = new StoppedTime() }, null);
        var waiting = job.WaitAsync(Token);
        await _center.Looked.Task;

        Plan();
        End(Chunks);
        _center.Announce("another job");
        _center.Announce(ScriptedCenter.JobId);

        Assert.Equal(JobState.Done, (await waiting).State);
    }

    [Fact]
    public async Task Wait_ReadsNoPartialValues()
    {
        _center.At(1, Plan);
        _center.At(5, () => Finish(0));
        _center.At(30, () => End(Chunks));

        var last = await Job().WaitAsync(Token);

        Assert.Equal(CountsOf(Chunks), ((HistogramValue)last.Value!).Counts);
        Assert.Equal(0, _center.FeedReads);
    }

    [Fact]
    public async Task Follow_FeedRepeatsOverlapsAndLacksValues_CountsEachByteOnce()
    {
        var block = new Block(1, 0).Range;
        _center.At(1, () =>
        {
            Plan();
            _center.Store(KeyOf(block), [.. Enumerable.Range(0, 16).Select(row => ValueOf(row))]);
            _center.Store(KeyOf(RangeOf(20)), [ValueOf(20)]);
            _center.Store(KeyOf(RangeOf(21)), [ValueOf(21)], sealedFor: "another key");
            foreach (var entry in new[]
            {
                $"={KeyOf(block)}#3",
                $"={KeyOf(block)}#3",
                KeyOf(block),
                $"={KeyOf(block)}#4",
                KeyOf(RangeOf(20)),
                KeyOf(RangeOf(20)),
                KeyOf(RangeOf(21)),
                KeyOf(RangeOf(22)),
                $"={KeyOf(block)}#99",
                $"={KeyOf(RangeOf(20))}#1",
                $"HIST_{new string('b', 32)}.0_65536",
                "not a key",
            })
                _center.Finish(entry, 0);
        });
        _center.At(5, () => End(Chunks));

        var first = (await FollowAsync())[0];

        var expected = new long[256];
        foreach (var chunk in new[] { 3, 4, 20 })
            expected[chunk] = Grid.FinestSize;
        Assert.Equal(expected, ((HistogramValue)first.Value!).Counts);
        Assert.Equal(1, first.Estimate!.SampledChunks);
        Assert.Equal(3.0 / Chunks, first.Estimate.Coverage, 12);
    }

    [Fact]
    public async Task Follow_ValueOnlyInTheDurableTier_IsReadThere()
    {
        var folder = Directory.CreateTempSubdirectory("blaze-client-");
        try
        {
            var tier = new DurableTier(new LocalFileStore(), ResourceUri.FromLocalPath(folder.FullName));
            Assert.True(ChunkKey.TryParse(Result, out var key));
            await tier.PutAsync(key, Operation.Encode([ValueOf(1)]), Token);
            _center.At(1, Plan);
            _center.At(2, () => _center.End(CenterJobState.Done, Result));

            var last = await new Job(ScriptedCenter.JobId, _center, Options() with { Durable = tier }, null).WaitAsync(Token);

            Assert.Equal(ValueOf(1).Counts, ((HistogramValue)last.Value!).Counts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Wait_FinalValueIsGone_SaysWhich()
    {
        _center.At(1, Plan);
        _center.At(2, () => _center.End(CenterJobState.Done, Result));

        var problem = await Assert.ThrowsAsync<ValueGoneException>(() => Job().WaitAsync(Token));

        Assert.Contains(Result, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_JobFails_EndsWithItsError()
    {
        var error = new JobError("ObjectStoreException", "The file is gone.", "NotFound", "at …", "PLAN-0", "w1");
        _center.At(3, () => _center.End(CenterJobState.Failed, error: JsonSerializer.Serialize(error, JobJson.Default.JobError)));

        var last = (await FollowAsync())[^1];

        Assert.Equal(JobState.Failed, last.State);
        Assert.Equal(error, last.Error);
        Assert.False(last.Exact);
    }

    [Fact]
    public async Task Follow_ErrorIsNoJson_IsTheMessage()
    {
        _center.At(1, () => _center.End(CenterJobState.Failed, error: "[\"broken\""));

        Assert.Equal("[\"broken\"", (await FollowAsync())[^1].Error!.Message);
    }

    [Fact]
    public async Task Follow_JobIsCancelled_EndsWithWhatThereIs()
    {
        _center.At(1, Plan);
        _center.At(5, () => Finish(0));
        _center.At(6, () => _center.End(CenterJobState.Cancelled));

        var last = (await FollowAsync())[^1];

        Assert.Equal(JobState.Cancelled, last.State);
        Assert.Equal(CountsOf(1), ((HistogramValue)last.Value!).Counts);
    }

    [Fact]
    public async Task Follow_UnknownJob_SaysSo()
    {
        var problem = await Assert.ThrowsAsync<NoSuchJobException>(
            () => new Job("nobody", _center, Options(), null).WaitAsync(Token));

        Assert.Contains("'nobody'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_CenterIsAwayForAWhile_WaitsAndGoesOn()
    {
        _center.At(1, Plan);
        _center.At(10, () => _center.IsDown = true);
        _center.At(100, () => _center.IsDown = false);
        _center.At(110, () => End(Chunks));

        var snapshots = await FollowAsync();

        Assert.Equal(JobState.Done, snapshots[^1].State);
        Assert.Single(snapshots, snapshot => snapshot.Notice?.Contains("does not answer", StringComparison.Ordinal) == true);
        Assert.Null(snapshots[^2].Notice);
    }

    [Fact]
    public async Task Follow_CenterIsAwayTwice_BearsEachAlone()
    {
        _center.At(1, Plan);
        _center.At(10, () => _center.IsDown = true);
        _center.At(410, () => _center.IsDown = false);
        _center.At(420, () => _center.IsDown = true);
        _center.At(820, () => _center.IsDown = false);
        _center.At(830, () => End(Chunks));

        Assert.Equal(JobState.Done, (await FollowAsync())[^1].State);
        Assert.InRange(_time.Elapsed.TotalSeconds, 80, 90);
    }

    [Fact]
    public async Task Follow_CenterIsAwayForLonger_GivesUp()
    {
        _center.At(10, () => _center.IsDown = true);

        var problem = await Assert.ThrowsAsync<BlazeException>(FollowAsync);

        Assert.Contains("60 seconds", problem.Message, StringComparison.Ordinal);
        Assert.InRange(_time.Elapsed.TotalSeconds, 60, 62);
    }

    [Fact]
    public async Task Follow_NoWorkerIsConnected_SaysSoUntilOneIs()
    {
        _center.HasWorkers = false;
        _center.At(80, () => _center.HasWorkers = true);
        _center.At(120, () => End(Chunks));
        _center.At(119, Plan);
        var notices = new List<(TimeSpan At, string? Notice)>();

        await foreach (var snapshot in Job().FollowAsync(Token))
            notices.Add((_time.Elapsed, snapshot.Notice));

        Assert.Null(notices[0].Notice);
        Assert.Contains("no worker is connected", notices[1].Notice, StringComparison.Ordinal);
        Assert.InRange(notices[1].At.TotalSeconds, 3, 3.3);
        Assert.All(notices.Skip(2), notice => Assert.Null(notice.Notice));
    }

    [Fact]
    public async Task Follow_Cancelled_StopsFollowing()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _center.At(20, stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Job().WaitAsync(stop.Token));
    }

    private static ByteRange RangeOf(int chunk) => new(chunk * Grid.FinestSize, (chunk + 1) * Grid.FinestSize);

    private static string KeyOf(ByteRange range) => $"HIST_{Hash}.{range}";

    private static HistogramValue ValueOf(int chunk)
    {
        var counts = new long[256];
        counts[chunk] = Grid.FinestSize;
        return new HistogramValue(counts);
    }

    private static long[] CountsOf(int chunks) =>
        ((HistogramValue)Operation.Merge([.. Enumerable.Range(0, chunks).Select(ChunkValue (chunk) => ValueOf(chunk))])).Counts;

    private BlazeClientOptions Options() => new() { TimeProvider = _time };

    private Job Job() => new(ScriptedCenter.JobId, _center, Options(), null);

    private async Task<List<JobSnapshot>> FollowAsync()
    {
        var snapshots = new List<JobSnapshot>();
        await foreach (var snapshot in Job().FollowAsync(Token))
            snapshots.Add(snapshot);
        return snapshots;
    }

    private void Plan()
    {
        var length = Chunks * Grid.FinestSize;
        var source = new JobSource("file:///data", Hash, length, 0, length);
        _center.Plan(new JobDetail("HIST", OperationCatalog.ParametersOf(Operation), [source], 0, length), length);
    }

    private void Finish(int chunk)
    {
        _center.Store(KeyOf(RangeOf(chunk)), [ValueOf(chunk)]);
        _center.Finish(KeyOf(RangeOf(chunk)), Grid.FinestSize);
    }

    private void End(int chunks)
    {
        _center.Store(Result, [new HistogramValue(CountsOf(chunks))]);
        _center.End(CenterJobState.Done, Result);
    }
}
