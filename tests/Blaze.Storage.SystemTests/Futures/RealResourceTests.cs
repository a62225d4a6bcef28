using Blaze.Storage.Center;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.SystemTests.Samples;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>Resources of worker processes, as their calls see them: each writes a file while it runs.</summary>
public sealed class RealResourceTests(RedisFixture fixture) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-resources-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static CallOptions Gpu => new() { Resources = new Dictionary<string, long> { ["gpu"] = 1 }, Pure = false };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Submit_ToSeveralWorkers_RunsNoMoreOnEachThanItHas()
    {
        var address = await fixture.NewNamespaceAsync(Token);
        await using var client = await FutureCluster.ConnectAsync(address);
        using var one = Start(address, "1");
        using var two = Start(address, "2");
        using var none = Start(address, "");
        var path = _folder.FullName;
        await FutureCluster.UntilAsync(async () => (await client.WorkersAsync(Token)).Count == 3);
        var has = (await client.WorkersAsync(Token)).ToDictionary(worker => worker.ProcessId, worker => worker.Resources["gpu"]);

        var seen = await client.GatherAsync(Enumerable.Range(0, 60).Select(_ => client.Submit(folder => Count(folder), path, Gpu)), Token).WaitAsync(FutureCluster.Deadline, Token);

        Assert.Equal([0, 1, 2], has.Values.Order());
        Assert.All(seen, look => Assert.InRange(look.Running, 1, has[look.Process]));
    }

    [Fact]
    public async Task Worker_KilledWhileItsCallsHoldResources_TheyRunElsewhere()
    {
        var address = await fixture.NewNamespaceAsync(Token);
        await using var client = await FutureCluster.ConnectAsync(address);
        var path = _folder.FullName;
        using (var victim = Start(address, "2"))
        {
            var calls = Enumerable.Range(0, 3).Select(_ => client.Submit(folder => WaitFor(folder), path, Gpu)).ToList();
            await FutureCluster.UntilAsync(() => Task.FromResult(_folder.GetFiles("*.waits").Length == 2));
            victim.Kill();
            await File.WriteAllTextAsync(Path.Combine(path, "go"), "", Token);
            using var heir = Start(address, "1");

            Assert.All(await client.GatherAsync(calls, Token).WaitAsync(FutureCluster.Deadline, Token), Assert.True);
        }
    }

    [Fact]
    public async Task Run_WithResources_WaitsForAWorkerThatHasThemAndSaysWhy()
    {
        var address = await fixture.NewNamespaceAsync(Token);
        using var small = Start(address, "1");
        var fits = await BlazeCommand.RunAsync(address, "run", "add", "1", "2", "--resource", "gpu=1", "--resource", "memory=64Mi");
        Assert.Equal((0, "3\n"), (fits.Code, fits.Output));
        var noted = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        var waiting = BlazeCommand.RunAsync(address, line => noted.TrySetResult(line), "run", "add", "1", "3", "--resource", "gpu=4");

        Assert.Contains("no worker offers gpu=4: the most one has is gpu=1", await noted.Task.WaitAsync(FutureCluster.Deadline, Token), StringComparison.Ordinal);
        using var large = Start(address, "4");
        var (exitCode, value, _) = await waiting;
        Assert.Equal((0, "4\n"), (exitCode, value));
        Assert.Contains("gpu 1 of 1", (await BlazeCommand.RunAsync(address, "workers")).Output, StringComparison.Ordinal);
    }

    private static WorkerProcess Start(CenterAddress address, string gpus) => WorkerProcess.Start(
        address, ["--allow-code", "--slots", "4"], ("BLAZE_CLUSTER_KEY", FutureCluster.KeyText), ("BLAZE_RESOURCES", gpus.Length == 0 ? "" : $"gpu={gpus}"));

    // How many of its process run, this one included.
    private static Look Count(string folder)
    {
        var mine = Path.Combine(folder, $"{Environment.ProcessId}.{Guid.NewGuid():n}");
        File.WriteAllText(mine, "");
        var seen = 0;
        // Long enough that those meet that run at once.
        for (var look = 0; look < 200; look++)
            seen = Math.Max(seen, Directory.GetFiles(folder, $"{Environment.ProcessId}.*").Length);
        File.Delete(mine);
        return new Look(Environment.ProcessId, seen);
    }

    private static bool WaitFor(string folder)
    {
        using var never = new ManualResetEventSlim();
        if (!File.Exists(Path.Combine(folder, "go")))
        {
            File.WriteAllText(Path.Combine(folder, $"{Guid.NewGuid():n}.waits"), "");
            never.Wait();
        }

        return true;
    }

    internal sealed record Look(int Process, int Running);
}
