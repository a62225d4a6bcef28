using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary><c>blaze workers</c>: who works for the center.</summary>
internal static class WorkersCommand
{
    private const string Lesson =
        """
        Examples:
          blaze workers            the workers heard of within the last minute
          blaze workers --json     one JSON object per line

        """;

    public static Command Create(CommandServices services)
    {
        var command = new TaughtCommand("workers", "List the center's workers.", Lesson);
        var options = ClusterOptions.AddTo(command, mayEmbed: false);
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            await using var cluster = await services.Open(options.Read(parsed), cancellationToken);
            var workers = await cluster.WorkersAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var worker in workers)
                    JobLines.Write(services.Terminal.Results, writer => JobLines.WriteWorker(writer, worker));
            }
            else
            {
                using var text = services.Terminal.OpenText();
                var now = services.Time.GetUtcNow();
                TextTable.Write(text, ["WORKER", "HOST", "PID", "SLOTS", "TASKS", "VALUES", "MEMORY", "FREE RESOURCES", "LAST SEEN"], [.. workers.Select(worker => Row(worker, now))]);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(WorkerInfo worker, DateTimeOffset now) =>
    [
        worker.Id,
        worker.Host,
        worker.ProcessId.ToString(CultureInfo.InvariantCulture),
        worker.Slots.ToString(CultureInfo.InvariantCulture),
        worker.Tasks.ToString(CultureInfo.InvariantCulture),
        worker.Values.ToString(CultureInfo.InvariantCulture),
        Units.Bytes(worker.Memory),
        string.Join(", ", worker.Resources.Items.Select(item => $"{item.Key} {Amount(item.Key, worker.FreeResources[item.Key])} of {Amount(item.Key, item.Value)}")),
        $"{Units.Duration(now - worker.LastSeen)} ago",
    ];

    private static string Amount(string resource, long amount) => resource == ResourceAmounts.Memory ? Units.Bytes(amount) : amount.ToString(CultureInfo.InvariantCulture);
}
