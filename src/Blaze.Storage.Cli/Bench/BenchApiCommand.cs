using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench api</c>: how fast REST answers.</summary>
internal static class BenchApiCommand
{
    private const string Lesson =
        """
        Examples:
          blaze bench api                   jobs a second over REST, and the memory of event streams
          blaze bench api --jobs 200000     more of them, to see that memory stays
          blaze bench api --json            the same as one JSON object

          A center of its own (redis-server or valkey-server from PATH, else what `blaze up` takes), one worker
          process, one `blaze api`, and in this process 200 clients that ask about a small file and wait for the answer.

          p50_ms, p99_ms: the clients together submit 2,000 jobs a second for ten seconds (fewer with a small --jobs),
          each on a steady schedule. Times count from when a job was due, so a server that stalls cannot hide it.
          jobs_per_second: each client submits the next job as soon as it has an answer; saturated_p50_ms and
          saturated_p99_ms are the times then, which are those of a full queue.
          memory: what server and center take after a tenth, half and all of these jobs.
          kb_per_stream: by how much the server grows for each of 1,000 open event streams.

        """;

    public static Command Create(Terminal terminal)
    {
        var command = new TaughtCommand("api", "Measure the REST endpoint.", Lesson);
        var jobs = new Option<int>("--jobs") { Description = "How many jobs as fast as they can.", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        command.Add(jobs);
        var json = JsonOption.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await ApiBenchmark.RunAsync(Math.Max(1, parsed.GetValue(jobs)), cancellationToken);
            if (parsed.GetValue(json))
                BenchJson.Write(terminal.Results, report, ApiReportJson.Default.ApiReport);
            else
                WriteText(terminal, report);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteText(Terminal terminal, ApiReport report)
    {
        using var text = terminal.OpenText();
        void Write(string name, double value, string format, string unit) =>
            text.WriteLine($"{name,-18}{value.ToString(format, CultureInfo.InvariantCulture)} {unit}");

        Write("known jobs", report.OfferedPerSecond, "0", "a second, steadily");
        Write("  half within", report.P50, "0.0", "ms");
        Write("  99 of 100", report.P99, "0.0", "ms");
        Write("known jobs", report.JobsPerSecond, "0", "a second, as fast as they can");
        Write("  half within", report.SaturatedP50, "0.0", "ms");
        Write("  99 of 100", report.SaturatedP99, "0.0", "ms");
        foreach (var memory in report.Memory)
        {
            Write("server", memory.ServerMb, "0", $"MB after {memory.Jobs} jobs");
            Write("  center", memory.CenterMb, "0", "MB");
        }

        Write("event stream", report.KbPerStream, "0.0", $"KB each, with {report.Streams} open");
    }
}
