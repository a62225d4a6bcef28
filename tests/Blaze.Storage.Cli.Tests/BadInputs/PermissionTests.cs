using System.Globalization;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Tests.Cluster;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>
/// Files and folders that may not be read or written. Permissions do not bind a process that may override them, as root's may, so
/// the program runs without that right.
/// </summary>
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode Nobody = UnixFileMode.None;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode Everything = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Sandbox _sandbox = new();

    public PermissionTests()
    {
        TestServers.Get(TestServers.Garnet);
        if (OverridesPermissions())
            _sandbox.Wrapper = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];
        File.WriteAllBytes(_sandbox.Data("closed"), new byte[100]);
        File.SetUnixFileMode(_sandbox.Data("closed"), Nobody);
        File.WriteAllBytes(_sandbox.Data("closed.npy"), new byte[100]);
        File.SetUnixFileMode(_sandbox.Data("closed.npy"), Nobody);
        Directory.CreateDirectory(_sandbox.Data("folder/inner"));
        File.WriteAllBytes(_sandbox.Data("folder/inner/file"), new byte[100]);
        File.SetUnixFileMode(_sandbox.Data("folder/inner"), Nobody);
    }

    public void Dispose()
    {
        File.SetUnixFileMode(_sandbox.Data("folder/inner"), Everything);
        _sandbox.Dispose();
    }

    [Theory]
    [InlineData("hist closed", "/closed")]
    [InlineData("diff file closed", "/closed")]
    [InlineData("stat closed.npy", "/closed.npy")]
    [InlineData("hist folder", "/folder/inner")]
    [InlineData("hist --json folder/inner/file", "/folder/inner/file")]
    [InlineData("hist folder/*/file", "/folder/inner")]
    [InlineData("hist --each folder", "/folder/inner")]
    public async Task Source_ThatMayNotBeRead_FailsWithItsName(string line, string words) =>
        (await _sandbox.RunAsync(null, line.Split(' '))).AssertRefused(ExitCodes.Failed, words + "|may not be read|give it read permission");

    [Fact]
    public async Task RunFolder_ThatMayNotBeMade_Fails()
    {
        File.SetUnixFileMode(_sandbox["run"], ReadOnly);
        (await _sandbox.RunAsync(null, "up", "--workers", "0")).AssertRefused(ExitCodes.Failed, _sandbox["run"]);
    }

    [Fact]
    public async Task Cache_ThatMayNotBeWritten_AnswersAndWarnsOnce()
    {
        File.WriteAllBytes(_sandbox.Data("large"), new byte[200_000]);
        File.SetUnixFileMode(_sandbox["cache"], ReadOnly);
        var outcome = await _sandbox.RunAsync(null, "hist", "--json", "large");
        Assert.True(outcome.ExitCode == ExitCodes.Done && outcome.Results.Contains("\"exact\":true", StringComparison.Ordinal), outcome.ToString());
        Assert.Contains("may not be written", Assert.Single(outcome.Error.Split('\n')), StringComparison.Ordinal);
    }

    // CAP_DAC_OVERRIDE is bit 1 and CAP_DAC_READ_SEARCH bit 2 of the effective capabilities.
    private static bool OverridesPermissions()
    {
        var line = File.ReadLines("/proc/self/status").Single(text => text.StartsWith("CapEff:", StringComparison.Ordinal));
        return (ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & 6) != 0;
    }
}
