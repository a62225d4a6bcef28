using System.Net;
using System.Net.Sockets;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class EmbeddedCenterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestServers.Garnet)]
    [InlineData(TestServers.Redis)]
    public async Task StartAsync_WithServer_AnswersToItsPasswordOnly(string server)
    {
        await using var center = await EmbeddedCenter.StartAsync(TestServers.Get(server), TimeProvider.System, Stop);
        Assert.True(await CenterProbe.AnswersAsync(center.Address.Port, center.Address.Password!, Stop));
        Assert.False(await CenterProbe.AnswersAsync(center.Address.Port, "guessed", Stop));
        Assert.Equal(32, center.Address.Password!.Length);
    }

    [Theory]
    [InlineData(TestServers.Garnet)]
    [InlineData(TestServers.Redis)]
    public async Task StartAsync_WithServer_ShowsThePasswordInNoCommandLine(string server)
    {
        await using var center = await EmbeddedCenter.StartAsync(TestServers.Get(server), TimeProvider.System, Stop);
        var lines = ProcessTree.CommandLines(center.GuardId);
        Assert.Contains(center.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), lines, StringComparison.Ordinal);
        Assert.DoesNotContain(center.Address.Password!, lines, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestServers.Garnet)]
    [InlineData(TestServers.Redis)]
    public async Task StartAsync_PortTakenMeanwhile_TriesAnother(string server)
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var taken = ((IPEndPoint)occupant.LocalEndpoint).Port;
        var ports = new Queue<int>([taken, CenterProbe.FreePort()]);
        await using var center = await EmbeddedCenter.StartAsync(TestServers.Get(server), ports.Dequeue, TimeProvider.System, Stop);
        Assert.NotEqual(taken, center.Address.Port);
    }

    [Theory]
    [InlineData(TestServers.Garnet)]
    [InlineData(TestServers.Redis)]
    public async Task DisposeAsync_RunningServer_LeavesNoProcess(string server)
    {
        var center = await EmbeddedCenter.StartAsync(TestServers.Get(server), TimeProvider.System, Stop);
        var processes = ProcessTree.Below(center.GuardId);
        Assert.NotEmpty(processes);
        await center.DisposeAsync();
        await ProcessTree.AssertAllEndAsync(processes);
        Assert.False(await CenterProbe.AnswersAsync(center.Address.Port, center.Address.Password!, Stop));
    }

    [Fact]
    public async Task Exited_ServerIsKilled_Completes()
    {
        await using var center = await EmbeddedCenter.StartAsync(TestServers.Get(TestServers.Garnet), TimeProvider.System, Stop);
        foreach (var process in ProcessTree.Below(center.GuardId))
            Assert.Equal(0, NativeMethods.Kill(process.Id, NativeMethods.Sigkill));
        Assert.Equal(128 + 9, await center.Exited.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task StartAsync_ServerThatFails_SaysWhatItPrinted()
    {
        using var folder = new TemporaryFolder();
        var file = Script(folder, "echo the disk is made of cheese; exit 3");
        var failure = await Assert.ThrowsAsync<ClusterException>(() => EmbeddedCenter.StartAsync(new RedisCenter(file), TimeProvider.System, Stop));
        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is made of cheese", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_Cancelled_LeavesNoProcess()
    {
        using var folder = new TemporaryFolder();
        var file = Script(folder, $"echo $$ >'{folder["id"]}.new'; mv '{folder["id"]}.new' '{folder["id"]}'; mkfifo '{folder["fifo"]}'; read line <'{folder["fifo"]}'");
        using var source = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(folder.Path);
        var started = new TaskCompletionSource();
        watcher.Renamed += (_, _) => started.TrySetResult();
        watcher.EnableRaisingEvents = true;
        var start = EmbeddedCenter.StartAsync(new RedisCenter(file), TimeProvider.System, source.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        var process = ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(folder["id"], Stop), System.Globalization.CultureInfo.InvariantCulture));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await ProcessTree.AssertAllEndAsync([process!]);
    }

    [Fact]
    public async Task StartAsync_ServerThatStaysSilent_FailsAtTheDeadline()
    {
        using var folder = new TemporaryFolder();
        var file = Script(folder, $"echo warming up; mkfifo '{folder["fifo"]}'; read line <'{folder["fifo"]}'");
        var failure = await Assert.ThrowsAsync<ClusterException>(() => EmbeddedCenter.StartAsync(new RedisCenter(file), new HurriedClock(), Stop));
        Assert.Contains("did not answer", failure.Message, StringComparison.Ordinal);
    }

    private static string Script(TemporaryFolder folder, string body)
    {
        File.WriteAllText(folder["server"], $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(folder["server"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder["server"];
    }

    /// <summary>A clock on which every wait is a hundred times shorter.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }
}
