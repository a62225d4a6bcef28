using System.Text.Json;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class JobCommandTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly CommandRun _run = new();

    public JobCommandTests()
    {
        _run.Cluster.Jobs.Add(Job("run1", JobState.Running));
        _run.Cluster.Jobs.Add(Job("bad1", JobState.Failed) with
        {
            Ended = Created.AddSeconds(90),
            Error = new JobError("X", "It broke; repair it.", null, "   at Remote.Frame()", "HIST-a", "w1"),
        });
        _run.Cluster.Workers.Add(new WorkerInfo("w1", "host-1", 42, 8, 3, Created) 
        {
            Cores = 4,
            Values = 7,
            Memory = 1 << 20,
            MemoryLimit = 2 << 20,
            Resources = ResourceAmounts.Of([new("gpu", 2), new("memory", 3L << 30)]),
            FreeResources = ResourceAmounts.Of([new("memory", 1L << 30)]),
        });
    }

    [Fact]
    public async Task RunAsync_Jobs_IsATable()
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("jobs"));
        var lines = _run.Results.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches("^JOB +STATE +OP +PROGRESS +AGE +SOURCES$", lines[0]);
        Assert.Matches("^run1 +running +HIST +25.0 % +[0-9]+ d [0-9]{2} h +file:///a$", lines[1]);
        Assert.False(_run.Opened[0].MayEmbed);
    }

    [Fact]
    public async Task RunAsync_JobsJson_IsALineEach()
    {
        await _run.RunAsync("jobs", "--json");
        Assert.Equal(
            """{"job":"run1","op":"HIST","parameters":{"n":"2"},"sources":["file:///a"],"start":5,"end":null,"state":"running","priority":0,"created":"2026-01-02T03:04:05Z","ended":null,"blocks":{"total":8,"cached":1,"computed":1},"bytes":{"total":800,"read":100,"cached":100,"computed":100,"local":60,"remote":40},"error":null}""",
            _run.Results.Split('\n')[0]);
    }

    [Fact]
    public async Task RunAsync_Job_TellsItsFailure()
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("job", "bad1"));
        Assert.Contains("state      failed\n", _run.Results, StringComparison.Ordinal);
        Assert.Contains("took       1 min 30 s\n", _run.Results, StringComparison.Ordinal);
        Assert.Contains("error      It broke; repair it.\n", _run.Results, StringComparison.Ordinal);
        Assert.DoesNotContain("Remote.Frame", _run.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_JobJson_IsOneObject()
    {
        await _run.RunAsync("job", "bad1", "--json");
        using var json = JsonDocument.Parse(_run.Results);
        Assert.Equal("It broke; repair it.", json.RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("job", "nope")]
    [InlineData("cancel", "nope")]
    [InlineData("keys", "none")]
    public async Task RunAsync_Unknown_IsOneWithASentence(string verb, string id)
    {
        Assert.Equal(ExitCodes.Failed, await _run.RunAsync(verb, id));
        Assert.Contains("There is no ", _run.Error, StringComparison.Ordinal);
        Assert.Equal(1, _run.Error.Count(c => c == '\n'));
        Assert.Empty(_run.Results);
    }

    [Theory]
    [InlineData("run1", "The job run1 is cancelled.\n")]
    [InlineData("bad1", "The job bad1 had ended: failed.\n")]
    public async Task RunAsync_Cancel_SaysWhatBecameOfIt(string id, string expected)
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("cancel", id));
        Assert.Equal(expected, _run.Results);
        Assert.Equal([id], _run.Cluster.Cancelled);
    }

    [Fact]
    public async Task RunAsync_Workers_ListsThem()
    {
        await _run.RunAsync("workers");
        Assert.Matches("\nw1 +host-1 +42 +8 +3 +.* +gpu 0 of 2, memory 1.00 GiB of 3.00 GiB +.* ago\n$", _run.Results);
    }

    [Fact]
    public async Task RunAsync_WorkersJson_IsALineEach()
    {
        await _run.RunAsync("workers", "--json");
        Assert.Equal("""{"worker":"w1","host":"host-1","pid":42,"slots":8,"tasks":3,"cores":4,"values":7,"memory":1048576,"memoryLimit":2097152,"spilled":0,"resources":{"gpu":{"total":2,"free":0},"memory":{"total":3221225472,"free":1073741824}},"lastSeen":"2026-01-02T03:04:05Z"}""" + "\n", _run.Results);
    }

    [Fact]
    public async Task RunAsync_Keys_IsALineEach()
    {
        await _run.RunAsync("keys", "HIST");
        Assert.Equal("HIST_a.0_1\nHIST_a.1_2\n", _run.Results);
    }

    [Fact]
    public async Task RunAsync_KeysJson_IsAnObjectEach()
    {
        await _run.RunAsync("keys", "HIST", "--json");
        Assert.Equal("{\"key\":\"HIST_a.0_1\"}\n{\"key\":\"HIST_a.1_2\"}\n", _run.Results);
    }

    [Theory]
    [InlineData("hist")]
    [InlineData("ent")]
    [InlineData("diff")]
    [InlineData("stat")]
    [InlineData("jobs")]
    [InlineData("job")]
    [InlineData("cancel")]
    [InlineData("workers")]
    [InlineData("keys")]
    public async Task RunAsync_Help_Teaches(string verb)
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync(verb, "--help"));
        Assert.Contains($"  blaze {verb}", _run.Help, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", _run.Help, StringComparison.Ordinal);
        Assert.Empty(_run.Opened);
    }

    private static JobInfo Job(string id, JobState state) => new(
        id,
        new JobSpec("HIST", new Dictionary<string, string> { ["n"] = "2" }, ["file:///a"], 5, null),
        state,
        Created,
        null,
        0,
        new BlockCounts(8, 1, 1),
        new ByteCounts(800, 100, 100, 100, 40),
        null,
        null);
}
