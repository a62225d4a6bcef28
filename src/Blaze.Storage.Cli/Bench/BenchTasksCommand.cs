using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench tasks</c>: how fast many small calls are.</summary>
internal static class BenchTasksCommand
{
    private const string Lesson =
        """
        Examples:
          blaze bench tasks          calls a second, round trips, a chain and trees of calls
          blaze bench tasks --json   the same as one JSON object
          blaze bench tasks --only many roundtrip

          A center of its own (redis-server or valkey-server from PATH, else what `blaze up` takes), two
          worker processes with one slot each, and this process as the client, with the thread pool's own
          settings as in any program. Medians of several runs.

        """;

    public static Command Create(Terminal terminal)
    {
        var command = new TaughtCommand("tasks", "Measure many small calls.", Lesson);
        var only = new Option<string[]>("--only") { Description = "Measure some of the figures only.", AllowMultipleArgumentsPerToken = true, HelpName = "PART" };
        only.AcceptOnlyFromAmong(TasksBenchmark.Parts);
        command.Add(only);
        var json = JsonOption.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await TasksBenchmark.RunAsync(parsed.GetValue(only) is { Length: > 0 } parts ? parts : TasksBenchmark.UsualParts, cancellationToken);
            if (parsed.GetValue(json))
                BenchJson.Write(terminal.Results, report, TasksReportJson.Default.TasksReport);
            else
                WriteText(terminal, report);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteText(Terminal terminal, TasksReport report)
    {
        using var text = terminal.OpenText();
        void Write(string name, double? value, string format, string unit)
        {
            if (value is { } figure)
                text.WriteLine($"{name,-20}{figure.ToString(format, CultureInfo.InvariantCulture)} {unit}");
        }

        Write("calls", report.TasksPerSecond, "0", "a second");
        Write("round trip", report.Roundtrip?.P50, "0.000", "ms");
        Write("  of 100, longest", report.Roundtrip?.P99, "0.000", "ms");
        Write("chain of 1,000", report.Chain1000Seconds, "0.000", "s");
        Write("tree of 2,047", report.Tree2047Seconds, "0.000", "s");
        Write("tree of 16 arrays", report.Tree16x1mSeconds, "0.000", "s");
        Write("worker to worker", report.PeerGbPerSecond, "0.00", "GB a second");
        Write("scatter", report.ScatterGbPerSecond, "0.00", "GB a second");
        Write("gather", report.GatherGbPerSecond, "0.00", "GB a second");
        Write("a million submitted", report.Million?.SubmitSeconds, "0.0", "s");
        Write("a million run", report.Million?.RunSeconds, "0.0", "s");
        Write("scripts above 5 ms", report.Million?.SlowScripts, "0", "");
        Write("center's memory", report.CenterBytesPerTask, "0", "bytes for each waiting call");
    }
}
