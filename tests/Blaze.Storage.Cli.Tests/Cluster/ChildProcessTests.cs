using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class ChildProcessTests
{
    private const string Ready = "ready";

    [Fact]
    public async Task Start_ProgramThatEnds_DeliversItsLinesAndExitCode()
    {
        var lines = new ConcurrentQueue<string>();
        await using var child = ChildProcess.Start(Shell("echo one; echo two >&2; exit 7"), lines.Enqueue);
        Assert.Equal(7, await child.Exited);
        Assert.Equal(["one", "two"], lines.Order());
    }

    [Fact]
    public async Task Start_ProgramThatIsMissing_ExitsWith127()
    {
        await using var child = ChildProcess.Start(new ChildCommand("/nowhere/at-all", []), _ => { });
        Assert.Equal(127, await child.Exited);
    }

    [Fact]
    public async Task Start_WithSecretInput_GivesItInAFileWithoutAName()
    {
        var lines = new ConcurrentQueue<string>();
        var command = Shell("cat /dev/stdin; stat -Lc '%a %h' /dev/stdin") with { SecretInput = "a secret 'with' $quotes" };
        await using var child = ChildProcess.Start(command, lines.Enqueue);
        Assert.Equal(0, await child.Exited);
        Assert.Equal(["a secret 'with' $quotes", "600 0"], lines);
    }

    [Fact]
    public async Task Start_WithoutSecretInput_GivesAnEmptyOne()
    {
        var lines = new ConcurrentQueue<string>();
        await using var child = ChildProcess.Start(Shell("cat; echo end"), lines.Enqueue);
        Assert.Equal(0, await child.Exited);
        Assert.Equal(["end"], lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Start_WithANiceness_HasItAndSoHasItsSession(int niceness)
    {
        var lines = new ConcurrentQueue<string>();
        var command = Shell("nice; cat /proc/self/autogroup 2>/dev/null") with { Niceness = niceness };
        await using var child = ChildProcess.Start(command, lines.Enqueue);
        await child.Exited;
        Assert.Equal(niceness.ToString(CultureInfo.InvariantCulture), lines.First());
        // A kernel that does not group by sessions says nothing here.
        Assert.All(lines.Skip(1), line => Assert.EndsWith($" nice {niceness}", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DisposeAsync_RunningChild_KillsItAndTheGuard()
    {
        var child = await StartWaitingAsync("");
        var processes = ProcessTree.Below(child.GuardId);
        Assert.NotEmpty(processes);
        await child.DisposeAsync();
        await ProcessTree.AssertAllEndAsync(processes);
        Assert.Equal(128 + 9, await child.Exited);
    }

    [Fact]
    public async Task StopAsync_ChildThatHeedsTerm_LetsItEndByItself()
    {
        var child = await StartWaitingAsync("trap 'exit 5' TERM;");
        await child.StopAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.Equal(5, await child.Exited);
    }

    [Fact]
    public async Task StopAsync_ChildThatIgnoresTerm_KillsIt()
    {
        var child = await StartWaitingAsync("trap '' TERM;");
        await child.StopAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.Equal(128 + 9, await child.Exited);
    }

    [Fact]
    public async Task Exited_GuardIsKilled_ChildIsKilledToo()
    {
        await using var child = await StartWaitingAsync("");
        var processes = ProcessTree.Below(child.GuardId);
        Assert.Equal(0, NativeMethods.Kill(child.GuardId, NativeMethods.Sigkill));
        await ProcessTree.AssertAllEndAsync(processes);
    }

    [Fact]
    public async Task Start_FromAPoolThread_ChildOutlivesTheThread()
    {
        ChildProcess? child = null;
        var thread = new Thread(() => child = ChildProcess.Start(Shell("read line; echo \"$line\"") with { SecretInput = "alive" }, _ => { }));
        thread.Start();
        thread.Join();
        await using (child)
            Assert.Equal(0, await child!.Exited);
    }

    [Fact]
    public async Task Start_Child_IsInAnotherSession()
    {
        await using var child = await StartWaitingAsync("");
        foreach (var process in ProcessTree.Below(child.GuardId))
            Assert.NotEqual(SessionOf(Environment.ProcessId), SessionOf(process.Id));
    }

    private static ChildCommand Shell(string script) => new("sh", ["-c", script]);

    /// <summary>A child that has run its preparations and then waits for a signal, without burning a processor.</summary>
    private static async Task<ChildProcess> StartWaitingAsync(string preparations)
    {
        var ready = new TaskCompletionSource();
        var script = $"{preparations} mkfifo \"$1\"; exec 5<>\"$1\"; echo {Ready}; read line <&5";
        var fifo = Path.Combine(Path.GetTempPath(), $"blaze-test-{Guid.NewGuid():N}");
        var child = ChildProcess.Start(new ChildCommand("sh", ["-c", script, "waiter", fifo]), line =>
        {
            if (line == Ready)
                ready.TrySetResult();
        });
        await Task.WhenAny(ready.Task, child.Exited);
        Assert.True(ready.Task.IsCompleted, "The child ended before it was ready.");
        File.Delete(fifo);
        return child;
    }

    private static string SessionOf(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
    }
}
