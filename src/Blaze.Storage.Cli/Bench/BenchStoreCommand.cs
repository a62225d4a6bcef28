using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Bench;

/// <summary><c>blaze bench store</c>: how fast a job over a remote resource is.</summary>
internal static class BenchStoreCommand
{
    private const int Slots = 2;
    private const int Rounds = 5;

    private const string Lesson =
        """
        Examples:
          blaze bench store --uri s3://bucket/big.bin               an object that is there
          blaze bench store --uri s3://bucket/new --create 1Gi      one of random bytes, removed in the end
          blaze bench store --uri hdfs://namenode:9870/data/x       without an SDK to compare with

          A worker process computes a byte histogram of the resource on two slots; the store's
          own SDK then only reads it, in a plain program with as many requests under way.
          infra/scripts/s3-server starts an S3 server on this machine.

        """;

    public static Command Create(Terminal terminal, string currentDirectory)
    {
        var uri = new Option<string>("--uri") { Description = "The resource to ask about; 1 GiB or more measures the work rather than the start.", HelpName = "URI", Required = true };
        var create = new Option<string?>("--create") { Description = "Write a resource of so many random bytes there first, and remove it in the end.", HelpName = "SIZE" };
        create.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (!ByteCount.TryParse(text, out _, out var problem))
                result.AddError($"--create takes a number of bytes such as 1Gi, and '{text}' {problem}.");
        });
        var command = new TaughtCommand("store", "Measure a job over a remote resource beside the store's SDK.", Lesson) { uri, create };
        var json = JsonOption.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var location = SourcePattern.Parse(parsed.GetRequiredValue(uri), currentDirectory).Location;
            long? size = parsed.GetValue(create) is { } text && ByteCount.TryParse(text, out var bytes, out _) ? bytes : null;
            var report = await StoreBenchmark.RunAsync(location, size, Slots, Rounds, terminal.Error.WriteLine, cancellationToken);
            if (parsed.GetValue(json))
                BenchJson.Write(terminal.Results, report, StoreReportJson.Default.StoreReport);
            else
                WriteText(terminal, report);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteText(Terminal terminal, StoreReport report)
    {
        using var text = terminal.OpenText();
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"job     {report.GbPerSecond:0.00} GB/s"));
        if (report.SdkGbPerSecond is { } speed)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SDK     {speed:0.00} GB/s, ratio {report.Ratio:0.00}"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worker  {Units.Bytes(report.PeakWorkerBytes)} at most"));
    }
}
