using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Tests.Cluster;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>The real program with a center of its own: however it ends and whatever it is given, nothing of it stays.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Sighup = 1;
    private const int Sigint = 2;
    private readonly Sandbox _sandbox = new();

    public ProcessTests() => TestServers.Get(TestServers.Garnet);

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(Sighup, false, ExitCodes.Cancelled)]
    [InlineData(Sigint, false, ExitCodes.Cancelled)]
    [InlineData(Sigint, true, ExitCodes.Cancelled)]
    [InlineData(NativeMethods.Sigterm, false, ExitCodes.Cancelled)]
    [InlineData(NativeMethods.Sigkill, false, 128 + NativeMethods.Sigkill)]
    public async Task Hist_EndedBySignal_LeavesNothing(int signal, bool group, int exitCode)
    {
        using (var sparse = File.Create(_sandbox.Data("sparse")))
            sparse.SetLength(1L << 40);
        using var process = _sandbox.Start(null, "hist", "--json", "--no-cache", "sparse");
        await process.UnderWayAsync();
        process.Signal(signal, group);
        var outcome = await process.EndAsync();
        Assert.True(outcome.ExitCode == exitCode && outcome.Results.Length == 0, outcome.ToString());
        if (exitCode == ExitCodes.Cancelled)
            Assert.EndsWith("blaze: cancelled.", outcome.Error, StringComparison.Ordinal);
        await _sandbox.AssertNothingLeftAsync(outcome.ToString());
    }

    [Fact]
    public async Task Hist_WithTheRuntimesDiagnostics_LeavesNoTemporaryFile()
    {
        _sandbox.Environment["DOTNET_EnableDiagnostics"] = "";
        (await _sandbox.RunAsync(null, "hist", "--json", "file")).AssertAnswered();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("hist", "--help")]
    public async Task Help_StdoutThatTakesNothing_Fails(params string[] arguments) =>
        (await _sandbox.RunAsync("exec \"$@\" >/dev/full", arguments)).AssertRefused(ExitCodes.Failed, "cannot be written to stdout|No space left");

    [Theory]
    [InlineData("exec \"$@\" 2>&-", ExitCodes.Failed, "hist", "nowhere")]
    [InlineData("exec \"$@\" 2>/dev/full", ExitCodes.Failed, "hist", "nowhere")]
    [InlineData("exec \"$@\" 2>/dev/full", ExitCodes.BadUsage, "hist", "--nonsense")]
    [InlineData("exec \"$@\" 2>&-", ExitCodes.Failed, "jobs")]
    public async Task Failure_StderrThatTakesNothing_StillHasItsExitCode(string script, int exitCode, params string[] arguments)
    {
        var outcome = await _sandbox.RunAsync(script, arguments);
        Assert.True(outcome.ExitCode == exitCode && outcome.Results.Length == 0, outcome.ToString());
    }

    [Theory]
    [InlineData("nowhere", "does not exist")]
    [InlineData("pipe", "named pipe")]
    [InlineData("/dev/zero", "character device")]
    public async Task Hist_BadSource_LeavesNothing(string source, string words) =>
        (await _sandbox.RunAsync("mkfifo pipe && exec \"$@\"", "hist", source)).AssertRefused(ExitCodes.Failed, words);

    [Fact]
    public async Task Hist_ReaderGoesAway_EndsQuietly()
    {
        var outcome = await _sandbox.RunAsync("{ \"$@\"; echo $? >code; } | head -c 10; exit $(cat code)", "hist", "--n", "2", "--json", "file");
        Assert.True(outcome is { ExitCode: ExitCodes.Done, Results.Length: 10, Error: "" }, outcome.ToString());
    }

    [Theory]
    [InlineData("exec \"$@\" >/dev/full", "No space left")]
    [InlineData("exec \"$@\" >&-", "denied")]
    [InlineData("exec \"$@\" 1</dev/null", "denied")]
    public async Task Hist_StdoutThatTakesNothing_Fails(string script, string words)
    {
        (await _sandbox.RunAsync(script, "hist", "file")).AssertRefused(ExitCodes.Failed, "cannot be written to stdout|" + words);
        (await _sandbox.RunAsync(script, "hist", "--each", "--json", "file", "file")).AssertRefused(ExitCodes.Failed, "cannot be written to stdout|" + words);
    }

    [Theory]
    [InlineData("exec \"$@\" <&-")]
    [InlineData("exec \"$@\" 2>&-")]
    [InlineData("exec \"$@\" 2>/dev/full")]
    [InlineData("XDG_RUNTIME_DIR=$PWD && touch blaze && export XDG_RUNTIME_DIR && exec \"$@\" --no-cache")]
    [InlineData("umask 777; exec \"$@\" --no-cache")]
    [InlineData("unset HOME XDG_RUNTIME_DIR XDG_CACHE_HOME; exec \"$@\" --no-cache")]
    public async Task Hist_InAStrangePlace_IsAnswered(string script) => (await _sandbox.RunAsync(script, "hist", "--json", "file")).AssertAnswered();

    [Fact]
    public async Task Up_RunFolderThatIsAFile_Fails() =>
        (await _sandbox.RunAsync("XDG_RUNTIME_DIR=$PWD && touch blaze && export XDG_RUNTIME_DIR && exec \"$@\"", "up", "--workers", "0"))
            .AssertRefused(ExitCodes.Failed, "/blaze|running cluster");

    [Theory]
    [InlineData("exec \"$@\" \"$(printf 'a\\377b')\"", ExitCodes.BadUsage, "UTF-8|%XX")]
    [InlineData("mkdir gone && cd gone && rmdir ../gone && exec \"$@\" file", ExitCodes.Failed, "directory")]
    [InlineData("BLAZE_CENTER=nonsense exec \"$@\" file", ExitCodes.Failed, "BLAZE_CENTER|address of the center|redis://")]
    [InlineData("BLAZE_CENTER_SERVER=/nowhere exec \"$@\" file", ExitCodes.Failed, "BLAZE_CENTER_SERVER|/nowhere|does not exist")]
    [InlineData("BLAZE_CENTER_SERVER=/bin/false exec \"$@\" file", ExitCodes.Failed, "false|exit code 1")]
    [InlineData("BLAZE_CENTER_SERVER=/dev/null exec \"$@\" file", ExitCodes.Failed, "null|exit code 126")]
    [InlineData("TMPDIR=/nowhere && export TMPDIR && exec \"$@\" file", ExitCodes.Failed, "/nowhere")]
    [InlineData("exec \"$@\" --cache gs://bucket/key file", ExitCodes.Failed, "gs://bucket/key|there is no store")]
    [InlineData("AWS_ENDPOINT_URL_S3=nonsense exec \"$@\" file", ExitCodes.Failed, "AWS_ENDPOINT_URL_S3|http://host:port")]
    [InlineData("BLAZE_S3_PATH_STYLE=perhaps exec \"$@\" file", ExitCodes.Failed, "BLAZE_S3_PATH_STYLE|true or false")]
    [InlineData("BLAZE_OPTIONS=/nowhere exec \"$@\" file", ExitCodes.Failed, "BLAZE_OPTIONS|/nowhere")]
    public async Task Hist_InABadPlace_IsRefused(string script, int exitCode, string words) =>
        (await _sandbox.RunAsync(script, "hist")).AssertRefused(exitCode, words);

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    [InlineData("/proc/nowhere")]
    [InlineData("/dev/null")]
    public async Task Hist_CacheThatCannotBeWritten_AnswersAndWarnsOnce(string cache)
    {
        File.WriteAllBytes(_sandbox.Data("large"), new byte[200_000]);
        var outcome = await _sandbox.RunAsync(null, "hist", "--json", "--cache", cache, "large");
        Assert.True(outcome.ExitCode == ExitCodes.Done && outcome.Results.Contains("\"exact\":true", StringComparison.Ordinal), outcome.ToString());
        var warning = Assert.Single(outcome.Error.Split('\n'));
        Assert.StartsWith("blaze: ", warning, StringComparison.Ordinal);
        Assert.Contains(cache, warning, StringComparison.Ordinal);
        Assert.Contains("Results are not kept in", warning, StringComparison.Ordinal);
    }
}
