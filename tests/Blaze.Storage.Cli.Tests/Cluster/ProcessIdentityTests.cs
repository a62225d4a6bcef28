using System.Diagnostics;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void IsRunning_ThisProcess_IsTrue() => Assert.True(ProcessIdentity.Current.IsRunning);

    [Fact]
    public void IsRunning_SameNumberStartedAtAnotherTime_IsFalse() =>
        Assert.False((ProcessIdentity.Current with { StartTicks = 1 }).IsRunning);

    [Fact]
    public void Of_NumberNobodyHas_IsNull() => Assert.Null(ProcessIdentity.Of(int.MaxValue));

    [Fact]
    public async Task WaitUntilGoneAsync_ProcessEnds_IsTrue()
    {
        using var process = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var identity = ProcessIdentity.Of(process.Id)!;
        var wait = identity.WaitUntilGoneAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        Assert.True(await wait);
    }

    [Fact]
    public async Task WaitUntilGoneAsync_ProcessStays_IsFalseAfterTheDeadline() =>
        Assert.False(await ProcessIdentity.Current.WaitUntilGoneAsync(TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken));
}
