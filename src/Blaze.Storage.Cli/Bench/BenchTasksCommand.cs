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

          A center of its own (redis-server or valkey-server from PATH, else what `blaze up` takes), two
          worker processes with one slot each, and this process as the client. Medians of several runs.

        """;

    public static Command Create(Terminal terminal)
    {
        var command = new TaughtCommand("tasks", "Measure many small calls.", Lesson);
        var json = JsonOption.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await TasksBenchmark.RunAsync(cancellationToken);
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
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calls             {report.TasksPerSecond:0} a second"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round trip        {report.Roundtrip.P50:0.000} ms, of 100 the longest {report.Roundtrip.P99:0.000} ms"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chain of 1,000    {report.Chain1000Seconds:0.000} s"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tree of 2,047     {report.Tree2047Seconds:0.000} s"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tree of 16 arrays {report.Tree16x1mSeconds:0.000} s"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worker to worker  {report.PeerGbPerSecond:0.00} GB a second"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"scatter           {report.ScatterGbPerSecond:0.00} GB a second"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gather            {report.GatherGbPerSecond:0.00} GB a second"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"center's memory   {report.CenterBytesPerTask:0} bytes for each waiting call"));
    }
}
