using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Worker;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze worker</c>: a worker in the foreground, until stopped.</summary>
internal static class WorkerCommand
{
    private const int LongestWait = 3_600_000;

    private const string Lesson =
        """
        Examples:
          blaze worker --center redis://:secret@10.0.0.5:6379/demo      join the cluster of that center
          blaze worker --center rediss://center.example:6380 --slots 4  the same over TLS, four tasks at once
          blaze worker --resource gpu=2                                 run what takes a gpu, at most two at once
          blaze worker --ops ./my-ops                                   offer the operations of the assemblies in that folder

          A worker claims tasks from the center, reads byte ranges where they lie, computes, and
          publishes results. Any number can join and leave at any time. On SIGTERM or Ctrl-C
          running tasks finish, for 10 seconds at most, and the others are given back.

        """;

    public static Command Create()
    {
        var command = new TaughtCommand("worker", "Run a worker for a cluster until it is stopped.", Lesson);
        var options = ClusterOptions.AddTo(command, mayEmbed: true);
        var host = new Option<string?>("--host") { Description = "The name of this host, the same for all its workers; tasks go first to hosts that hold their bytes. Default: the machine's name.", HelpName = "NAME" };
        var wait = new Option<int?>("--locality-wait") { Description = "Milliseconds that tasks of other hosts must have waited before this worker, when it would be idle, takes them. Default: 300.", HelpName = "MS" };
        wait.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= LongestWait))
                result.AddError($"--locality-wait takes a whole number of milliseconds from 0 to {LongestWait}, not '{token.Value}'.");
        });
        var offers = OfferOptions.AddTo(command, "What the worker has");
        command.Options.Add(host);
        command.Options.Add(wait);
        var values = ValueOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new WorkerOptions();
            settings = settings with
            {
                Host = parsed.GetValue(host) ?? settings.Host,
                LocalityWait = parsed.GetValue(wait) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : settings.LocalityWait,
            };
            settings = values.AddTo(settings, parsed);
            settings = Offers.AddTo(settings, offers.Read(parsed));
            return RunAsync(options.Read(parsed), settings, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ClusterChoice choice, WorkerOptions options, CancellationToken cancellationToken)
    {
        var located = ClusterLocator.Locate(choice.Center)
            ?? throw new ClusterException("A worker needs a center: name one with --center or BLAZE_CENTER, or start a cluster with `blaze up`.");
        using var logging = ConsoleLog.Create();
        await using var caches = Caches.Open(choice.Caches);
        await using var center = await CenterConnection.ConnectAsync(located.Address, cancellationToken);
        if (choice.Slots is { } slots)
            options = options with { Slots = slots };
        // The cluster knows this host by the address its connections come from.
        if (StoreSettings.OfProcess().Hdfs.LocalAddress is { } address)
            options = options with { HostNames = [address, .. options.HostNames] };
        await new Worker.Worker(center, caches.Sources, caches.Durable, options, logging.CreateLogger<Worker.Worker>()).RunAsync(cancellationToken);
        return ExitCodes.Done;
    }
}
