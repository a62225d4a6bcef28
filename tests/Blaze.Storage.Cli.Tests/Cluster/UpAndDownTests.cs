using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

/// <summary>The real program as processes: whatever ends it, nothing of it stays.</summary>
public sealed class UpAndDownTests : IDisposable
{
    private const int Sighup = 1;
    private const int Sigint = 2;
    private const int Sigabrt = 6;
    private const int Sigsegv = 11;
    private readonly TemporaryFolder _folder = new();

    public UpAndDownTests() => TestServers.Get(TestServers.Garnet);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(NativeMethods.Sigterm, false, ExitCodes.Done)]
    [InlineData(Sigint, false, ExitCodes.Done)]
    [InlineData(Sigint, true, ExitCodes.Done)]
    [InlineData(NativeMethods.Sigkill, false, 128 + NativeMethods.Sigkill)]
    public async Task Up_EndedBySignal_LeavesNoProcess(int signal, bool wholeGroup, int exitCode)
    {
        await using var up = await BlazeProcess.UpAsync(_folder.Path);
        var processes = ProcessTree.Below(up.Id);
        Assert.True(processes.Count >= 2, "There should be a guard and a server.");
        up.Signal(signal, wholeGroup);
        Assert.Equal(exitCode, await up.WaitAsync());
        await ProcessTree.AssertAllEndAsync(processes);
        Assert.Null(RunFolder.OpenAt(_folder["blaze"]).FindRunning());
    }

    [Theory]
    [InlineData(Sigabrt)]
    [InlineData(Sigsegv)]
    public async Task Up_Crashes_LeavesNoProcess(int signal)
    {
        await using var up = await BlazeProcess.UpAsync(_folder.Path);
        var processes = ProcessTree.Below(up.Id);
        up.Crash(signal);
        Assert.Equal(128 + signal, await up.WaitAsync());
        await ProcessTree.AssertAllEndAsync(processes);
    }

    [Fact]
    public async Task Up_TerminalCloses_GoesOn()
    {
        await using var up = await BlazeProcess.UpAsync(_folder.Path);
        up.Signal(Sighup, group: true);
        var running = RunFolder.OpenAt(_folder["blaze"]).FindRunning()!;
        Assert.True(await CenterProbe.AnswersAsync(running.Address.Port, running.Address.Password!, TestContext.Current.CancellationToken));
        Assert.Equal(up.Id, running.Process.Id);
        Assert.Equal(ExitCodes.Done, (await BlazeProcess.RunAsync(_folder.Path, "down")).ExitCode);
        Assert.Equal(ExitCodes.Done, await up.WaitAsync());
    }

    [Fact]
    public async Task Up_CenterCrashes_EndsWithAnError()
    {
        await using var up = await BlazeProcess.UpAsync(_folder.Path);
        var server = ProcessTree.Below(up.Id)[^1];
        Assert.Equal(0, NativeMethods.Kill(server.Id, NativeMethods.Sigkill));
        Assert.Equal(ExitCodes.Failed, await up.WaitAsync());
        Assert.Contains("The center ended unexpectedly", up.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["blaze/cluster.json"]));
    }

    [Fact]
    public async Task Up_WhileOneRuns_FailsAndNamesIt()
    {
        await using var up = await BlazeProcess.UpAsync(_folder.Path);
        var second = await BlazeProcess.RunAsync(_folder.Path, "up", "--workers", "0");
        Assert.Equal(ExitCodes.Failed, second.ExitCode);
        Assert.Contains($"process {up.Id}", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(RunFolder.OpenAt(_folder["blaze"]).FindRunning()!.Address.Password!, second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_AfterOneWasKilled_StartsAnew()
    {
        await using (var first = await BlazeProcess.UpAsync(_folder.Path))
        {
            first.Signal(NativeMethods.Sigkill);
            await first.WaitAsync();
        }
        await using var second = await BlazeProcess.UpAsync(_folder.Path);
        Assert.Equal(second.Id, RunFolder.OpenAt(_folder["blaze"]).FindRunning()!.Process.Id);
    }

    [Fact]
    public async Task Down_RunningCluster_ReturnsWhenEveryProcessIsGone()
    {
        await using var up = await BlazeProcess.UpAsync(_folder.Path);
        var processes = ProcessTree.Below(up.Id);
        Assert.Equal(ExitCodes.Done, (await BlazeProcess.RunAsync(_folder.Path, "down")).ExitCode);
        Assert.All(processes, process => Assert.False(process.IsRunning));
        Assert.Equal(ExitCodes.Done, await up.WaitAsync());
    }

    [Fact]
    public async Task Down_NothingRuns_SaysSo()
    {
        var (exitCode, output) = await BlazeProcess.RunAsync(_folder.Path, "down");
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("no cluster of yours is running", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_Detached_ReturnsWhenItIsUpAndStaysUp()
    {
        var (exitCode, output) = await BlazeProcess.RunAsync(_folder.Path, "up", "--detach", "--workers", "0");
        Assert.True(exitCode == ExitCodes.Done, output);
        Assert.NotNull(RunFolder.OpenAt(_folder["blaze"]).FindRunning());
        Assert.Equal(ExitCodes.Done, (await BlazeProcess.RunAsync(_folder.Path, "down")).ExitCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("257")]
    public async Task Up_ImpossibleNumberOfWorkers_IsBadUsage(string workers) =>
        Assert.Equal(ExitCodes.BadUsage, (await BlazeProcess.RunAsync(_folder.Path, "up", "--workers", workers)).ExitCode);
}
