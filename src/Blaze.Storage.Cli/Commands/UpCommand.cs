using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Blaze.Storage.Api;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Worker;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze up</c>: runs a center and workers until stopped.</summary>
internal static class UpCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "up";

    private const int MostWorkers = 256;

    private const string Lesson =
        """
        Examples:
          blaze up                   a center and one worker, until Ctrl-C or `blaze down`
          blaze up --workers 4       four worker processes that share the processors
          blaze up --detach          in the background, without this terminal
          blaze up --resource gpu=2  calls that take a gpu run, at most two at once
          blaze up --cache s3://b/c  keep results where every worker of every cluster finds them
          blaze up --api-port 9000   serve REST there instead of at 127.0.0.1:8642
          blaze up --ops ./my-ops    offer the operations of the assemblies in that folder

          While it runs, every other command of yours uses it, so they start at once and share
          what they computed. Other users can't see it.

        """;

    public static Command Create(TimeProvider time)
    {
        var workers = new Option<int>("--workers")
        {
            Description = "How many worker processes to keep running; they share the processors.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        workers.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostWorkers))
                result.AddError($"--workers takes a whole number from 0 to {MostWorkers}, not '{result.Tokens[0].Value}'.");
        });
        var detach = new Option<bool>("--detach") { Description = "Run in the background and return when the cluster is up." };
        var command = new TaughtCommand(Name, "Run a center and workers until stopped.", Lesson) { workers, detach };
        var caches = CacheOptions.AddTo(command);
        var serving = ServingOptions.AddTo(command);
        var offers = OfferOptions.AddTo(command, "What the workers have, divided among them,");
        var values = ValueOptions.AddSharedTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            Action<string> report = line => error.WriteLine($"blaze: {line}");
            var choice = caches.Read(parsed);
            // A mistake is better said here than by each worker.
            await using (Caches.Open(choice))
                Offers.AddTo(new WorkerOptions(), offers.Read(parsed)).Validated();
            var (count, offer) = (parsed.GetValue(workers), offers.Read(parsed));
            string[] ofWorkers = [.. choice.ToArguments(), .. values.ToArguments(parsed, count)];
            if (parsed.GetValue(detach))
            {
                await DetachAsync(count, [.. ofWorkers, .. offer.ToArguments(), .. serving.Read(parsed).ToArguments()], report, time, cancellationToken);
                return ExitCodes.Done;
            }

            var usual = WorkerSettings.OfProcess().Resources;
            await RunAsync(count, number => [.. ofWorkers, .. offer.ToArgumentsOf(number, count, usual)], choice, serving.Read(parsed), report, time, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(
        int workers, Func<int, IReadOnlyList<string>> ofWorker, CacheChoice caches, ServingChoice serving, Action<string> report, TimeProvider time, CancellationToken stopping)
    {
        using var closingTerminal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        var slots = Math.Max(1, Environment.ProcessorCount / Math.Max(1, workers));
        ChildCommand Worker(int number) => ProgramPath.Worker(slots, ofWorker(number));
        using var logging = ConsoleLog.Create();
        await using var stores = Caches.Open(caches);
        ServeCluster? serve = serving.Serve ? (center, cancellationToken) => ServeAsync(center, stores, serving.Port, logging, report, cancellationToken) : null;
        await new ClusterHost(RunFolder.Open(), report, time).RunAsync(CenterServer.Find(), workers, Worker, serve, stopping);
    }

    // The usual port may be another user's: that shall not keep a cluster from running. One that was asked for has to be had.
    private static async Task<IAsyncDisposable?> ServeAsync(
        CenterAddress center, Caches caches, int? port, ILoggerFactory logging, Action<string> report, CancellationToken cancellationToken)
    {
        // Whoever uses it is the user who runs this, and may read what that user may.
        var options = new ApiOptions { Access = new AccessOptions { Folders = ["/"] } };
        options = options with { Listen = new UriBuilder(options.Listen) { Port = port ?? ApiOptions.DefaultPort }.Uri };
        try
        {
            var api = await RunningApi.StartAsync(center, caches, options, logging, cancellationToken);
            report($"REST is served at {api.Address}");
            return api;
        }
        catch (ApiException problem) when (port is null)
        {
            report($"REST is not served: {problem.Message} (--api-port)");
            return null;
        }
    }

    private static async Task DetachAsync(int workers, IReadOnlyList<string> choices, Action<string> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = RunFolder.Open();
        if (folder.FindRunning() is { } running)
            throw ClusterHost.AlreadyRunning(running);
        var cluster = await DetachedCluster.StartAsync(folder, workers, choices, time, cancellationToken);
        report($"the cluster is up in the background (process {cluster.Process.Id}, center {cluster.Address}); stop it with `blaze down`.");
    }
}
