using System.CommandLine;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Worker;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze worker</c>: a worker in the foreground, until stopped.</summary>
internal static class WorkerCommand
{
    private const string Lesson =
        """
        Examples:
          blaze worker --center redis://:secret@10.0.0.5:6379/demo      join the cluster of that center
          blaze worker --center rediss://center.example:6380 --slots 4  the same over TLS, four tasks at once

          A worker claims tasks from the center, reads byte ranges where they lie, computes, and
          publishes results. Any number can join and leave at any time. On SIGTERM or Ctrl-C
          running tasks finish, for 10 seconds at most, and the others are given back.

        """;

    public static Command Create()
    {
        var command = new TaughtCommand("worker", "Run a worker for a cluster until it is stopped.", Lesson);
        var options = ClusterOptions.AddTo(command, mayEmbed: true);
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Read(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ClusterChoice choice, CancellationToken cancellationToken)
    {
        var located = ClusterLocator.Locate(choice.Center)
            ?? throw new ClusterException("A worker needs a center: name one with --center or BLAZE_CENTER, or start a cluster with `blaze up`.");
        using var logging = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            })
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var caches = Caches.Open(choice.Caches);
        await using var center = await CenterConnection.ConnectAsync(located.Address, cancellationToken);
        var options = choice.Slots is { } slots ? new WorkerOptions { Slots = slots } : new WorkerOptions();
        await new Worker.Worker(center, caches.Sources, caches.Durable, options, logging.CreateLogger<Worker.Worker>()).RunAsync(cancellationToken);
        return ExitCodes.Done;
    }
}
