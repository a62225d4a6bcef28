using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Faults;

/// <summary>Workers may go at any time: it costs recomputation, never an answer.</summary>
public abstract class LostWorkerTests(ServerFixture fixture)
{
    private const long GiB = 1L << 30;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task WorkerProcess_KilledDuringAJob_CostsNoAnswer()
    {
        using var files = new SourceFiles();
        var path = Sparse(files, 24 * GiB);
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        await using var cluster = await TestCluster.StartAsync(address, workers: 0);
        using var doomed = WorkerProcess.Start(address);
        using var other = WorkerProcess.Start(address);
        using var deadline = new CancellationTokenSource(Deadline);
        var job = await cluster.Client.SubmitAsync(SourceFiles.Question("HIST", path), 0, deadline.Token);

        JobSnapshot? last = null;
        await foreach (var snapshot in job.FollowAsync(deadline.Token))
        {
            last = snapshot;
            if (snapshot.Bytes.Computed > 0)
                doomed.Kill();
        }

        Assert.Equal(JobState.Done, last!.State);
        Assert.Equal(24 * GiB, ((HistogramValue)last.Value!).Counts[0]);
    }

    [Fact]
    public async Task Worker_StoppedDuringAJob_GivesItsTasksBackAtOnce()
    {
        using var files = new SourceFiles();
        var path = Sparse(files, 2 * GiB);
        await using var cluster = await TestCluster.StartAsync(await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken), workers: 0);
        // So long a lease that waiting for it to run out would end in the deadline.
        var options = new WorkerOptions { Slots = 1, Lease = TimeSpan.FromMinutes(10) };
        var leaving = await cluster.StartWorkerAsync(options);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Sources.BeforeRead = _ => started.TrySetResult();
        var job = await cluster.Client.SubmitAsync(SourceFiles.Question("HIST", path), 0, TestContext.Current.CancellationToken);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);

        await leaving.DisposeAsync();
        await cluster.StartWorkerAsync(options);

        using var deadline = new CancellationTokenSource(Deadline);
        var last = await job.WaitAsync(deadline.Token);
        Assert.Equal(JobState.Done, last.State);
        Assert.Equal(2 * GiB, ((HistogramValue)last.Value!).Counts[0]);
    }

    private static string Sparse(SourceFiles files, long length)
    {
        using var file = File.Create(files.PathOf("sparse"));
        file.SetLength(length);
        return file.Name;
    }
}

public sealed class LostWorkerOnRedisTests(RedisFixture fixture) : LostWorkerTests(fixture);

public sealed class LostWorkerOnGarnetTests(GarnetFixture fixture) : LostWorkerTests(fixture);
