using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench hist</c>: how fast a whole job over a file is.</summary>
internal static class BenchHistCommand
{
    private const int Slots = 2;

    private const string Lesson =
        """
        Examples:
          blaze bench hist --file big.bin          a byte histogram of the file, beside a C program's
          blaze bench hist --file big.bin --json   the same as one JSON object

          Both sides use two threads and read the file from memory, if it fits. The job is
          measured from its submission to its answer, in a center and a worker that are new.

        """;

    public static Command Create(Terminal terminal)
    {
        var file = new Option<string>("--file") { Description = "The file to ask about; 1 GiB or more measures the work rather than the start.", HelpName = "F", Required = true };
        var command = new TaughtCommand("hist", "Measure a whole job beside a C program's loop.", Lesson) { file };
        var json = JsonOption.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await HistBenchmark.RunAsync(parsed.GetRequiredValue(file), Slots, cancellationToken);
            if (parsed.GetValue(json))
                BenchJson.Write(terminal.Results, report, HistReportJson.Default.HistReport);
            else
                WriteText(terminal, report);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteText(Terminal terminal, HistReport report)
    {
        using var text = terminal.OpenText();
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"job     {report.GbPerSecond:0.00} GB/s"));
        if (report.CGbPerSecond is { } speed)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"C loop  {speed:0.00} GB/s, ratio {report.Ratio:0.00}"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"again   {report.RepeatMs:0.0} ms"));
        if (report.Note is { } note)
            text.WriteLine(note);
    }
}
