using Blaze.Storage.Client;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>Jobs that run at the same time share their chunks, and one that is cancelled takes nothing away from another.</summary>
public abstract class SharedWorkTests(ServerFixture fixture)
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task EqualQuestions_AskedAtOnce_ReadEveryByteOnce()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (20 * MiB) + 5, 12);
        await using var cluster = await TestCluster.StartAsync(await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken), workers: 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.AnswerAsync(SourceFiles.Question("HIST", path))));

        Assert.Equal((20 * MiB) + 5, cluster.Sources.BytesRead);
        Assert.Equal((20 * MiB) + 5, answers.Sum(answer => answer.Bytes.Read));
        Assert.All(answers, answer => Assert.Equal(answer.Bytes.Total, answer.Bytes.Cached + answer.Bytes.Computed));
    }

    [Fact]
    public async Task Job_CancelledWhileAnotherNeedsItsChunks_TakesNothingAway()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 40 * MiB, 13);
        await using var cluster = await TestCluster.StartAsync(await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken), workers: 2);
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Sources.BeforeRead = _ => reading.TrySetResult();
        var first = await cluster.Client.SubmitAsync(SourceFiles.Question("HIST", path), 0, TestContext.Current.CancellationToken);
        await reading.Task.WaitAsync(TestContext.Current.CancellationToken);
        var second = cluster.AnswerAsync(SourceFiles.Question("HIST", path, 3, (30 * MiB) + 11));

        await first.CancelAsync(TestContext.Current.CancellationToken);

        var answer = await second;
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(NaiveHistogram.Of(1, bytes, new ByteRange(3, (30 * MiB) + 11)).Counts, ((HistogramValue)answer.Value!).Counts);
        Assert.NotEqual(JobState.Running, (await first.WaitAsync(TestContext.Current.CancellationToken)).State);
    }

    [Fact]
    public async Task Cancel_RunningJob_StopsReading()
    {
        using var files = new SourceFiles();
        using (var file = File.Create(files.PathOf("sparse")))
            file.SetLength(1L << 42);
        await using var cluster = await TestCluster.StartAsync(await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken), workers: 0);
        var worker = await cluster.StartWorkerAsync(new WorkerOptions { Slots = 2, DrainPeriod = TimeSpan.FromMinutes(10) });
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Sources.BeforeRead = read =>
        {
            if (read > 100)
                reading.TrySetResult();
        };
        var job = await cluster.Client.SubmitAsync(SourceFiles.Question("HIST", files.PathOf("sparse")), 0, TestContext.Current.CancellationToken);
        await reading.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(await job.CancelAsync(TestContext.Current.CancellationToken));

        Assert.Equal(JobState.Cancelled, (await job.WaitAsync(TestContext.Current.CancellationToken)).State);
        // The 4 TiB that are left would keep it for minutes: it ends now only because its tasks were stopped.
        await worker.DisposeAsync();
    }
}

public sealed class SharedWorkOnRedisTests(RedisFixture fixture) : SharedWorkTests(fixture);

public sealed class SharedWorkOnGarnetTests(GarnetFixture fixture) : SharedWorkTests(fixture);
