using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Faults;

/// <summary>A center that is gone and comes back empty: clients are told, workers wait for it and work on.</summary>
public abstract class LostCenterTests(ServerFixture fixture)
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task Center_RestartedEmptyDuringAJob_FailsTheClientClearlyAndServesTheNextJob()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 40 * MiB, 9);
        await using var server = await fixture.StartOwnAsync(TestContext.Current.CancellationToken);
        await using var cluster = await TestCluster.StartAsync(CenterAddress.Parse(server.Address("t")), 1, files.PathOf("cache"));
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        cluster.Sources.BeforeRead = read =>
        {
            if (read < 20)
                return;
            reached.TrySetResult();
            goOn.Wait(TestContext.Current.CancellationToken);
        };
        var asked = cluster.AskAsync(SourceFiles.Question("HIST", path));
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);

        await server.StopAsync();
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        goOn.Set();

        var failure = await Assert.ThrowsAnyAsync<BlazeException>(() => asked);
        Assert.Contains("job", failure.Message, StringComparison.Ordinal);
        cluster.Sources.BeforeRead = null;
        cluster.Sources.Forget();
        var answer = await cluster.AnswerAsync(SourceFiles.Question("HIST", path));
        Assert.Equal(40 * MiB, ((HistogramValue)answer.Value!).Total);
        Assert.True(cluster.Sources.BytesRead < 40 * MiB, "What was finished before the center was lost is in the durable cache, and is not read again.");
    }
}

public sealed class LostCenterOnRedisTests(RedisFixture fixture) : LostCenterTests(fixture);

public sealed class LostCenterOnGarnetTests(GarnetFixture fixture) : LostCenterTests(fixture);
