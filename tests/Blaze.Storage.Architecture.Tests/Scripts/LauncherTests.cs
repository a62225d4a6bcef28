using System.Diagnostics;

namespace Blaze.Storage.Architecture.Tests.Scripts;

/// <summary>The launcher in a small repository, with a stand-in for <c>dotnet</c> that notes its calls and "builds" by copying.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Source = "src/Blaze.Storage.Cli/Program.cs";

    /// <summary>Publishing copies the source as the program; running prints where, which build and the arguments.</summary>
    private const string StandIn = """
        #!/bin/bash
        case $1 in
            publish)
                echo publish >>"$CALLS"
                echo "the compiler speaks"
                grep -q BROKEN "$2"/Program.cs && exit 1
                while [[ $1 != -o ]]; do shift; done
                mkdir -p "$2"
                if [[ -n $GATE ]]; then read -r _ <"$GATE"; fi
                cp "$ROOT/src/Blaze.Storage.Cli/Program.cs" "$2/blaze.dll" ;;
            tool) echo tool >>"$CALLS" ;;
            exec)
                [[ -n $OPENED ]] && { for fd in 0 1 2; do [[ -e /proc/$$/fd/$fd && ! /proc/$$/fd/$fd -ef $ROOT/blaze ]] && echo $fd; done >"$OPENED"; }
                echo "in $PWD: $(cat "$2") ${*:3}" ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-launcher-");

    public LauncherTests()
    {
        foreach (var folder in new[] { "repo/src/Blaze.Storage.Cli", "repo/.config", "bin", "elsewhere" })
            Directory.CreateDirectory(At(folder));
        File.Copy(Repository.Path("blaze"), At("repo/blaze"));
        File.WriteAllText(At("repo/Directory.Build.props"), "<Project />");
        File.WriteAllText(At("repo/global.json"), "{}");
        File.WriteAllText(At("repo/.config/dotnet-tools.json"), "{}");
        File.WriteAllText(At("repo/" + Source), "version1");
        File.WriteAllText(At("bin/dotnet"), StandIn);
        Executable.Make(At("bin/dotnet"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_FirstTime_BuildsRestoresToolsAndRunsInTheCallersFolder()
    {
        var run = await RunAsync("hist", "a file");
        Assert.Equal((0, $"in {At("elsewhere")}: version1 hist a file\n"), (run.ExitCode, run.Output));
        Assert.Equal(1, run.Errors.Count(c => c == '\n'));
        Assert.Contains("building", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["publish", "tool"], Calls());
    }

    [Fact]
    public async Task Run_NothingChanged_DoesNotBuild()
    {
        await RunAsync();
        var run = await RunAsync("again");
        Assert.Equal("", run.Errors);
        Assert.Equal(["publish", "tool"], Calls());
    }

    [Fact]
    public async Task Run_SourceChanged_BuildsOnceMore()
    {
        await RunAsync();
        File.WriteAllText(At("repo/" + Source), "version2");
        Assert.Contains("version2", (await RunAsync()).Output, StringComparison.Ordinal);
        Assert.Equal(2, Calls().Count(call => call == "publish"));
    }

    [Fact]
    public async Task Run_FileWithAnOldDateTakesItsPlace_BuildsOnceMore()
    {
        await RunAsync();
        File.WriteAllText(At("old.cs"), "version0");
        File.SetLastWriteTimeUtc(At("old.cs"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.Move(At("old.cs"), At("repo/" + Source), overwrite: true);
        Assert.Contains("version0", (await RunAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SourceDeleted_BuildsOnceMore()
    {
        File.WriteAllText(At("repo/src/Blaze.Storage.Cli/Extra.cs"), "");
        await RunAsync();
        File.Delete(At("repo/src/Blaze.Storage.Cli/Extra.cs"));
        await RunAsync();
        Assert.Equal(2, Calls().Count(call => call == "publish"));
    }

    [Fact]
    public async Task Run_SourceRewrittenAsItWas_DoesNotBuild()
    {
        await RunAsync();
        File.WriteAllText(At("repo/" + Source), "version1");
        Assert.Equal("", (await RunAsync()).Errors);
        Assert.Single(Calls(), "publish");
    }

    [Fact]
    public async Task Run_BuildFails_ShowsWhyAndTriesAgainLater()
    {
        File.WriteAllText(At("repo/" + Source), "BROKEN");
        var broken = await RunAsync();
        Assert.Equal((1, ""), (broken.ExitCode, broken.Output));
        Assert.Contains("the compiler speaks", broken.Errors, StringComparison.Ordinal);
        File.WriteAllText(At("repo/" + Source), "version1");
        Assert.Equal(0, (await RunAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_ThroughASymbolicLink_FindsTheRepository()
    {
        File.CreateSymbolicLink(At("bin/blaze"), "../repo/blaze");
        var run = await StartAsync([At("bin/blaze")]);
        Assert.Contains("version1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TwoAtOnce_BuildOnce()
    {
        using (var mkfifo = Process.Start("mkfifo", [At("gate")]))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = RunAsync("first");
        var second = RunAsync("second");
        // Opening for writing waits until the one that builds reads.
        await Task.Run(() => File.AppendAllText(At("gate"), "go\n"), TestContext.Current.CancellationToken);
        var outputs = (await Task.WhenAll(first, second)).Select(run => run.Output).ToArray();
        Assert.Equal([$"in {At("elsewhere")}: version1 first\n", $"in {At("elsewhere")}: version1 second\n"], outputs);
        Assert.Single(Calls(), "publish");
    }

    [Fact]
    public async Task Run_AfterManyBuilds_KeepsOnlyTheLastTwo()
    {
        for (var version = 0; version < 4; version++)
        {
            File.WriteAllText(At("repo/" + Source), $"version{version}");
            await RunAsync();
        }
        Assert.Equal(2, Directory.GetDirectories(At("repo/artifacts/cli"), "build-*").Length);
    }

    [Theory]
    [InlineData("0<&-")]
    [InlineData("1>&-")]
    [InlineData("2>&-")]
    [InlineData("0<&- 1>&- 2>&-")]
    public async Task Run_StandardFilesClosed_GivesTheProgramAllThree(string closed)
    {
        await StartAsync(["-c", $"OPENED={At("opened")} {At("repo/blaze")} {closed}"]);
        Assert.Equal(["0", "1", "2"], File.ReadAllLines(At("opened")));
    }

    [Fact]
    public async Task Run_WithoutTheSdk_SaysHowToGetIt()
    {
        File.Delete(At("bin/dotnet"));
        var run = await StartAsync([At("repo/blaze")], path: At("bin"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(".NET 10 SDK", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.Errors.Count(c => c == '\n'));
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private string[] Calls() => File.ReadAllLines(At("calls"));

    private Task<Run> RunAsync(params string[] arguments) => StartAsync([At("repo/blaze"), .. arguments]);

    private async Task<Run> StartAsync(string[] words, string? path = null)
    {
        var start = new ProcessStartInfo("/bin/bash", words)
        {
            WorkingDirectory = At("elsewhere"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path ?? $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = At("calls");
        start.Environment["ROOT"] = At("repo");
        start.Environment["GATE"] = File.Exists(At("gate")) ? At("gate") : "";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Run(process.ExitCode, await output, await errors);
    }

    private sealed record Run(int ExitCode, string Output, string Errors);
}
