using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Output;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench kernels</c>: how fast the loops are on this machine.</summary>
internal static class BenchKernelsCommand
{
    private const string Lesson =
        """
        Examples:
          blaze bench kernels            a table: each kernel beside a C loop compiled by gcc -O3 -march=native
          blaze bench kernels --json     the same as one JSON object

        """;

    public static Command Create(Terminal terminal)
    {
        var command = new TaughtCommand("kernels", "Measure the kernels beside plain C loops.", Lesson);
        var json = JsonOption.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var report = KernelBenchmark.Run(cancellationToken);
            if (parsed.GetValue(json))
                BenchJson.Write(terminal.Results, report, KernelReportJson.Default.KernelReport);
            else
                WriteText(terminal, report);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void WriteText(Terminal terminal, KernelReport report)
    {
        using var text = terminal.OpenText();
        TextTable.Write(text, ["KERNEL", "DATA", "GB/S", "C GB/S", "RATIO"], [.. report.Kernels.Select(Row)]);
        if (report.Note is { } note)
            text.WriteLine(note);
    }

    private static string[] Row(KernelSpeed speed) =>
        [speed.Name, speed.Data, Text(speed.GbPerSecond), Text(speed.CGbPerSecond), Text(speed.Ratio)];

    private static string Text(double? number) => number?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
