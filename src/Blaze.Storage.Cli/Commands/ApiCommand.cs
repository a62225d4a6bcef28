using System.CommandLine;
using Blaze.Storage.Api;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Composition;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze api</c>: the REST endpoint of a cluster in the foreground, until stopped.</summary>
internal static class ApiCommand
{
    private const string Lesson =
        """
        Examples:
          blaze api                                   serve the running cluster on 127.0.0.1:8642
          blaze api --listen http://127.0.0.1:9000    the same on another port; port 0 takes any that is free
          blaze api --center redis://:secret@10.0.0.5:6379/demo
          blaze api --listen https://0.0.0.0:8642 --certificate tls.pem --keys keys.json --files /data

          Without --keys it serves this machine alone. Jobs read local files below --files only,
          and remote stores only where the settings of the workers name them.

          It keeps nothing of its own: any number of them may serve a cluster, and any of them
          answers any request. What it offers is described at /openapi.json.

        """;

    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = $"Where to listen. Default: http://127.0.0.1:{ApiOptions.DefaultPort}.",
            HelpName = "URL",
        };
        listen.Validators.Add(result =>
        {
            if (AddressOf(result.GetValueOrDefault<string>()) is null)
                result.AddError($"--listen takes an address as http://127.0.0.1:{ApiOptions.DefaultPort}, not '{result.GetValueOrDefault<string>()}'.");
        });
        var command = new TaughtCommand("api", "Serve the REST endpoint of a cluster until it is stopped.", Lesson) { listen };
        var cluster = ClusterOptions.AddTo(command, mayEmbed: false);
        var caches = CacheOptions.AddTo(command);
        var access = ApiAccess.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new ApiOptions { Access = access.Read(parsed) };
            if (AddressOf(parsed.GetValue(listen)) is { } address)
                options = options with { Listen = address };
            await RunAsync(cluster.Read(parsed), caches.Read(parsed), options, line => parsed.InvocationConfiguration.Error.WriteLine($"blaze: {line}"), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(
        ClusterChoice choice, CacheChoice cacheChoice, ApiOptions options, Action<string> report, CancellationToken stopping)
    {
        var located = ClusterLocator.Locate(choice.Center)
            ?? throw new ClusterException("There is no cluster to serve: name a center with --center or BLAZE_CENTER, or start a cluster with `blaze up`.");
        using var logging = ConsoleLog.Create();
        await using var caches = Caches.Open(cacheChoice);
        await using var api = await RunningApi.StartAsync(located.Address, caches, options, logging, stopping);
        report($"serving the cluster of {located.Address} at {api.Address}; stop with Ctrl-C.");
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stop.SetResult);
        await stop.Task;
    }

    private static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" } ? address : null;
}
