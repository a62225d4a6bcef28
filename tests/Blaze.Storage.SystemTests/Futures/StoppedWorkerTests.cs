using Blaze.Storage.Client.Futures;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Workers that stop while single calls come in, which are handed over to idle workers.</summary>
public sealed class StoppedWorkerTests(RedisFixture fixture)
{
    private const int Stops = 60;
    private static readonly CallOptions Impure = new() { Pure = false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WhileSingleCallsComeIn_LeavesNoneToItsLease()
    {
        await using var cluster = await FutureCluster.StartAsync(fixture, workers: 0);
        var options = cluster.Options with { Slots = 1, Lease = TimeSpan.FromHours(1) };
        var running = await cluster.Inner.StartWorkerAsync(options);
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = AskUntilAsync(cluster, isOver.Task);
        for (var stop = 0; stop < Stops && !asking.IsCompleted; stop++)
        {
            var next = await cluster.Inner.StartWorkerAsync(options);
            await running.DisposeAsync();
            running = next;
        }

        isOver.SetResult();
        await asking;
    }

    private static async Task AskUntilAsync(FutureCluster cluster, Task isOver)
    {
        for (var at = 0; !isOver.IsCompleted; at++)
            Assert.Equal(at, await cluster.Client.SubmitNamed<int>("identity", Impure, at).ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token));
    }
}
