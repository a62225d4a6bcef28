using System.Text.Json;
using Blaze.Storage.Cli.Tests.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("hist a", "HIST", "", "file:///here/a", null, null)]
    [InlineData("hist a --n 2 --range 1Ki:2Ki", "HIST", "n=2", "file:///here/a", 1024L, 2048L)]
    [InlineData("hist --range :5 -- -a", "HIST", "", "file:///here/-a", null, 5L)]
    [InlineData("ent /x/y file:///z --range 7:", "ENT", "", "file:///x/y file:///z", 7L, null)]
    [InlineData("ent a --window 1.5Ki --range 0:0", null, "", "", null, null)]
    [InlineData("ent a --window 1Mi", "ENT", "window=1048576", "file:///here/a", null, null)]
    [InlineData("diff a ../b", "DIFF", "", "file:///here/a file:///b", null, null)]
    [InlineData("stat a.npy", "STAT", "", "file:///here/a.npy", null, null)]
    [InlineData("stat --dtype >i4 *.bin", "STAT", "dtype=>i4", "file:///here/*.bin", null, null)]
    public async Task RunAsync_Question_IsSubmittedAsAsked(string line, string? op, string parameters, string sources, long? start, long? end)
    {
        var run = new CommandRun();
        var code = await run.RunAsync(line.Split(' '));
        if (op is null)
        {
            Assert.Equal(ExitCodes.BadUsage, code);
            return;
        }

        Assert.True(code == ExitCodes.Done, run.Error);
        var spec = Assert.Single(run.Cluster.Submitted);
        Assert.Equal(op, spec.Op);
        Assert.Equal(parameters, string.Join(' ', spec.Parameters.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(sources, string.Join(' ', spec.Sources));
        Assert.Equal((start, end), (spec.Start, spec.End));
        Assert.True(run.Cluster.Disposed);
    }

    [Fact]
    public async Task RunAsync_ClusterOptions_ReachTheCluster()
    {
        var run = new CommandRun();
        await run.RunAsync("hist", "a", "--center", "redis://:secret@host:1234/ns", "--cache", "/c", "--slots", "3");
        await run.RunAsync("hist", "a", "--no-cache");
        Assert.Equal(("redis://:secret@host:1234/ns", "/c", 3, true), (run.Opened[0].Center, run.Opened[0].Caches.Place, run.Opened[0].Slots, run.Opened[0].MayEmbed));
        Assert.True(run.Opened[1].Caches.LeftOut);
        Assert.Equal([true, false], run.Cluster.Submitted.Select(spec => spec.Durable));
    }

    [Fact]
    public async Task RunAsync_Json_IsOneLine()
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.Done, await run.RunAsync("hist", "a", "--json"));
        using var json = JsonDocument.Parse(Assert.Single(run.Results.TrimEnd('\n').Split('\n')));
        Assert.Equal("j1", json.RootElement.GetProperty("job").GetString());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task RunAsync_Pipe_IsText()
    {
        var run = new CommandRun();
        await run.RunAsync("hist", "a");
        Assert.StartsWith("job\tj1\nop\tHIST\n", run.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Terminal_DrawsThePictureAndShowsTheCursorAgain()
    {
        var run = new CommandRun(live: true);
        Assert.Equal(ExitCodes.Done, await run.RunAsync("hist", "a"));
        Assert.Empty(run.Results);
        Assert.Contains("most frequent", run.Screen, StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h", run.Screen.TrimEnd('\n'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailedJob_IsOneWithItsSentence()
    {
        var run = new CommandRun(_ => Failed("The file '/x' changed while it was read; ask again."));
        Assert.Equal(ExitCodes.Failed, await run.RunAsync("hist", "a", "--json"));
        Assert.Equal("blaze: The file '/x' changed while it was read; ask again.\n", run.Error);
        Assert.Empty(run.Results);
    }

    [Fact]
    public async Task RunAsync_FailedJobVerbose_HasTheRemoteStack()
    {
        var run = new CommandRun(_ => Failed("Broken."));
        Assert.Equal(ExitCodes.Failed, await run.RunAsync("hist", "a", "--verbose"));
        Assert.Contains("at Remote.Frame()", run.Error, StringComparison.Ordinal);
        Assert.Contains("worker-7", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_JobCancelledByOthers_IsThree()
    {
        var run = new CommandRun(_ => new JobSnapshot { JobId = "", State = JobState.Cancelled });
        Assert.Equal(ExitCodes.Cancelled, await run.RunAsync("hist", "a"));
        Assert.Equal("blaze: the job j1 was cancelled.\n", run.Error);
    }

    [Fact]
    public async Task RunAsync_Stopped_CancelsItsJobs()
    {
        var run = new CommandRun(_ => null);
        var command = Cli.Commands.CommandSet.Create(run.Services()).Single(command => command.Name == "hist");
        using var stop = new CancellationTokenSource();
        var root = new System.CommandLine.RootCommand { command };
        root.Options.Add(new System.CommandLine.Option<bool>("--verbose") { Recursive = true });
        var running = root.Parse(["hist", "a"]).InvokeAsync(
            new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        await run.Cluster.Followed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["j1"], run.Cluster.Cancelled);
        Assert.True(run.Cluster.Disposed);
    }

    [Fact]
    public async Task RunAsync_Each_IsOneJobPerFileInOrder()
    {
        var run = new CommandRun(spec => spec.Sources[0].EndsWith("b2", StringComparison.Ordinal) ? Failed("No b2.") : Samples.Histogram((0, 1)));
        run.Files["file:///here/a"] = ["file:///here/a"];
        run.Files["file:///here/b"] = ["file:///here/b1", "file:///here/b2", "file:///here/b3"];
        Assert.Equal(ExitCodes.Failed, await run.RunAsync("hist", "--each", "--json", "a", "missing-*", "b"));
        Assert.Equal(
            ["file:///here/a", "file:///here/b1", "file:///here/b2", "file:///here/b3"],
            run.Cluster.Submitted.Select(spec => Assert.Single(spec.Sources)));
        Assert.Equal(["j1", "j2", "j4"], run.Results.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("job").GetString()));
        Assert.Contains("No b2.", run.Error, StringComparison.Ordinal);
        Assert.Contains("missing-*", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_EachOfManyFiles_KeepsTheOrder()
    {
        var run = new CommandRun();
        run.Files["file:///here/d"] = [.. Enumerable.Range(0, 200).Select(index => $"file:///here/d/{index:000}")];
        Assert.Equal(ExitCodes.Done, await run.RunAsync("hist", "--each", "--json", "d"));
        Assert.Equal(200, run.Results.Count(c => c == '\n'));
        Assert.Equal(run.Files["file:///here/d"], run.Cluster.Submitted.Select(spec => spec.Sources[0]));
    }

    [Fact]
    public async Task RunAsync_EachOfAFileOnlyWorkersSee_IsPassedOn()
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.Done, await run.RunAsync("hist", "--each", "/only/there"));
        Assert.Equal(["file:///only/there"], run.Cluster.Submitted.Select(spec => spec.Sources[0]));
    }

    private static JobSnapshot Failed(string message) => new()
    {
        JobId = "",
        State = JobState.Failed,
        Error = new JobError("ObjectStoreException", message, "NotFound", "   at Remote.Frame()", "HIST-x", "worker-7"),
    };
}
