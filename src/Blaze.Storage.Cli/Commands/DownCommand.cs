using System.CommandLine;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze down</c>: stops the user's cluster.</summary>
internal static class DownCommand
{
    private const string Lesson =
        """
        Examples:
          blaze down                 returns when every process of the cluster is gone

          Workers finish the tasks they are at. Cached results in the durable cache stay.

        """;

    public static Command Create(TimeProvider time)
    {
        var command = new TaughtCommand("down", "Stop the cluster that `blaze up` started.", Lesson);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var stopped = await ClusterStop.StopAsync(RunFolder.Open(), time, cancellationToken);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(stopped is null
                ? "blaze: no cluster of yours is running."
                : $"blaze: the cluster (process {stopped.Process.Id}) is down.");
            return ExitCodes.Done;
        });
        return command;
    }
}
