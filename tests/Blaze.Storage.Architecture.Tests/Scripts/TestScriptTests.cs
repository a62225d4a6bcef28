using System.Diagnostics;

namespace Blaze.Storage.Architecture.Tests.Scripts;

/// <summary>The script that runs all tests, in a small repository, with a stand-in for <c>dotnet</c> whose "tests" end as told.</summary>
public sealed class TestScriptTests : IDisposable
{
    /// <summary>A test project "runs" by the shell script beside its project file, which finds the report's path in REPORT.</summary>
    private const string StandIn = """
        #!/bin/bash
        case $1 in
            tool) exit 0 ;;
            build) echo "the compiler speaks"; exit "${BUILD_CODE:-0}" ;;
            exec)
                name=$(basename "$2" .dll)
                while [[ $1 != -xml ]]; do shift; done
                REPORT=$2 exec bash "$ROOT/tests/$name/run" ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-tests-");

    public TestScriptTests()
    {
        Directory.CreateDirectory(At("repo/tests"));
        Directory.CreateDirectory(At("bin"));
        File.Copy(Repository.Path("test"), At("repo/test"));
        File.WriteAllText(At("bin/dotnet"), StandIn);
        File.WriteAllText(At("bin/redis-server"), "#!/bin/sh\n");
        Executable.Make(At("bin/dotnet"));
        Executable.Make(At("bin/redis-server"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_AllPass_EndsWithTheSums()
    {
        Add("A.Tests", Report(passed: 3, failed: 0, skipped: 1, errors: 0));
        Add("B.SystemTests", Report(passed: 40, failed: 0, skipped: 0, errors: 0));
        var run = await RunAsync([]);
        Assert.Equal((0, "43 passed, 0 failed, 1 skipped"), (run.ExitCode, run.LastLine));
        Assert.Contains("A.Tests: 3 passed, 0 failed, 1 skipped", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    public async Task Run_TestsOrCleanUpsFail_CountsThemAndFails(int failed, int errors)
    {
        Add("A.Tests", Report(passed: 3, failed, skipped: 0, errors) + "echo the reason\nexit 1\n");
        var run = await RunAsync([]);
        Assert.Equal((1, "3 passed, 2 failed, 0 skipped"), (run.ExitCode, run.LastLine));
        Assert.Contains("the reason", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill -s SEGV $$\n")]
    [InlineData("exit 0\n")]
    [InlineData("exit 1\n")]
    public async Task Run_ProjectRunsNoTest_Fails(string script)
    {
        Add("A.Tests", Report(passed: 3, failed: 0, skipped: 0, errors: 0));
        Add("B.Tests", script);
        var run = await RunAsync([]);
        Assert.Equal((1, "3 passed, 1 failed, 0 skipped"), (run.ExitCode, run.LastLine));
        Assert.Contains("B.Tests: 0 passed, 1 failed, 0 skipped (ran no test", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProjectCrashesAfterItsReport_Fails()
    {
        Add("A.Tests", Report(passed: 3, failed: 0, skipped: 0, errors: 0) + "exit 139\n");
        var run = await RunAsync([]);
        Assert.Equal((1, "3 passed, 1 failed, 0 skipped"), (run.ExitCode, run.LastLine));
    }

    [Fact]
    public async Task Run_WithAWord_RunsTheProjectsItNames()
    {
        Add("Alpha.Tests", Report(passed: 3, failed: 0, skipped: 0, errors: 0));
        Add("Beta.Tests", "exit 1\n");
        var run = await RunAsync(["alp"]);
        Assert.Equal((0, "3 passed, 0 failed, 0 skipped"), (run.ExitCode, run.LastLine));
    }

    [Fact]
    public async Task Run_WordThatNamesNothing_Fails()
    {
        Add("Alpha.Tests", Report(passed: 3, failed: 0, skipped: 0, errors: 0));
        var run = await RunAsync(["gamma"]);
        Assert.Equal((1, "0 passed, 1 failed, 0 skipped"), (run.ExitCode, run.LastLine));
    }

    [Fact]
    public async Task Run_BuildFails_ShowsWhyAndFails()
    {
        Add("Alpha.Tests", Report(passed: 3, failed: 0, skipped: 0, errors: 0));
        var run = await RunAsync([], ("BUILD_CODE", "1"));
        Assert.Equal((1, "0 passed, 1 failed, 0 skipped"), (run.ExitCode, run.LastLine));
        Assert.Contains("the compiler speaks", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProjectHangs_IsStoppedAndFails()
    {
        Add("A.Tests", "mkfifo fifo; read -r _ <fifo\n");
        var run = await RunAsync([], ("BLAZE_TEST_TIMEOUT", "1"));
        Assert.Equal((1, "0 passed, 1 failed, 0 skipped"), (run.ExitCode, run.LastLine));
        Assert.Contains("stopped after 1 s", run.Output, StringComparison.Ordinal);
    }

    /// <summary>A script that leaves a report as the runner writes it: on one line, the parts with attributes of their own.</summary>
    private static string Report(int passed, int failed, int skipped, int errors) =>
        $"""
        echo '<assemblies><assembly name="x" total="9" passed="{passed}" failed="{failed}" skipped="{skipped}" not-run="0" errors="{errors}">'\
        '<collection passed="77" failed="88" skipped="99" /></assembly></assemblies>' >"$REPORT"

        """;

    private void Add(string project, string script)
    {
        Directory.CreateDirectory(At($"repo/tests/{project}"));
        File.WriteAllText(At($"repo/tests/{project}/{project}.csproj"), "");
        File.WriteAllText(At($"repo/tests/{project}/run"), script);
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private async Task<Run> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/bash", [At("repo/test"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["ROOT"] = At("repo");
        start.Environment.Remove("BLAZE_TEST_TIMEOUT");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Run(process.ExitCode, await output, await errors);
    }

    private sealed record Run(int ExitCode, string Output, string Errors)
    {
        public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
    }
}
