using System.Collections.Concurrent;
using System.Threading.Channels;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class WorkerKeeperTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task RunAsync_WorkerEnds_IsStartedAgain()
    {
        var lines = Channel.CreateUnbounded<string>();
        using var stop = new CancellationTokenSource();
        var keeper = new WorkerKeeper("worker 1", new ChildCommand("sh", ["-c", "echo hello; exit 4"]), line => lines.Writer.TryWrite(line), TimeProvider.System);
        var run = keeper.RunAsync(stop.Token);
        var seen = new ConcurrentQueue<string>();
        while (seen.Count(line => line.Contains("hello", StringComparison.Ordinal)) < 3)
            seen.Enqueue(await lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await run;
        Assert.Contains(seen, line => line == "worker 1: hello");
        Assert.Contains(seen, line => line.StartsWith("worker 1 ended with exit code 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_Stopped_LetsTheWorkerEndByItself()
    {
        var lines = Channel.CreateUnbounded<string>();
        using var stop = new CancellationTokenSource();
        using var folder = new TemporaryFolder();
        var worker = new ChildCommand("sh", ["-c", "trap 'echo farewell; exit 0' TERM; mkfifo \"$1\"; exec 5<>\"$1\"; echo hello; read line <&5", "worker", folder["fifo"]]);
        var run = new WorkerKeeper("worker 1", worker, line => lines.Writer.TryWrite(line), TimeProvider.System).RunAsync(stop.Token);
        Assert.Equal("worker 1: hello", await lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await run;
        Assert.True(lines.Reader.TryRead(out var last));
        Assert.Equal("worker 1: farewell", last);
    }

    [Fact]
    public void NextPause_Repeated_GrowsToItsLimit()
    {
        var pause = TimeSpan.FromMilliseconds(200);
        for (var failure = 0; failure < 20; failure++)
        {
            var next = WorkerKeeper.NextPause(pause);
            Assert.True(next >= pause);
            pause = next;
        }
        Assert.Equal(TimeSpan.FromSeconds(10), pause);
    }
}
