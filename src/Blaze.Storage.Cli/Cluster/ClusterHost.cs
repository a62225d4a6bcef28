using System.Globalization;
using Blaze.Storage.Center;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>Serves a cluster to others until what it returns is disposed; null where it cannot, which it has told.</summary>
internal delegate Task<IAsyncDisposable?> ServeCluster(CenterAddress center, CancellationToken cancellationToken);

/// <summary>What <c>blaze up</c> runs: a center and worker processes, recorded for the user's other commands.</summary>
/// <param name="folder">Where the cluster is recorded.</param>
/// <param name="report">Receives a line for each event, from any thread.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterHost(RunFolder folder, Action<string> report, TimeProvider time)
{
    /// <summary>Runs until stopped, and returns when every process is gone.</summary>
    /// <param name="server">The center's program.</param>
    /// <param name="workers">How many worker processes, 0 or more.</param>
    /// <param name="workerCommand">Starts the worker of a number from 0; the center's address is in the environment, where other users can't read it.</param>
    /// <param name="serve">Serves the center that runs, or null.</param>
    /// <param name="stopping">Stops the cluster.</param>
    /// <exception cref="ClusterException">Another cluster of this user runs, or the center could not be started or ended.</exception>
    public async Task RunAsync(CenterServer server, int workers, Func<int, ChildCommand> workerCommand, ServeCluster? serve, CancellationToken stopping)
    {
        using var ours = folder.TryLock() ?? throw Occupied();
        await using var center = await EmbeddedCenter.StartAsync(server, time, stopping);
        await using var served = serve is null ? null : await serve(center.Address, stopping);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var keepers = Enumerable.Range(0, workers)
            .Select(number => new WorkerKeeper(string.Create(CultureInfo.InvariantCulture, $"worker {number + 1}"), workerCommand(number).InCluster(center.Address), report, time).RunAsync(end.Token))
            .ToArray();
        try
        {
            folder.Write(new ClusterRecord(center.Address.ToUriWithPassword(), ProcessIdentity.Current, workers, time.GetUtcNow()));
            report($"the cluster is up: center {center.Address.Host}:{center.Address.Port}, {workers} worker process{(workers == 1 ? "" : "es")}; stop it with Ctrl-C or `blaze down`.");
            await WaitForEndAsync(center, stopping);
        }
        finally
        {
            // Nobody shall find a cluster that is stopping.
            folder.Remove();
            await end.CancelAsync();
            await Task.WhenAll(keepers);
        }
        report("the cluster is down.");
    }

    private static async Task WaitForEndAsync(EmbeddedCenter center, CancellationToken stopping)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stop.SetResult);
        if (await Task.WhenAny(center.Exited, stop.Task) == center.Exited && !stopping.IsCancellationRequested)
            throw new ClusterException($"The center ended unexpectedly with exit code {await center.Exited}, and the cluster with it; {center.LastWords}.");
    }

    /// <summary>Says that one cluster is enough.</summary>
    internal static ClusterException AlreadyRunning(ClusterRecord running) =>
        new($"A cluster of yours is running already (process {running.Process.Id}, center {running.Address}); stop it with `blaze down` first.");

    private ClusterException Occupied() => folder.FindRunning() is { } running
        ? AlreadyRunning(running)
        : new ClusterException("A cluster of yours is just starting or stopping; try again in a moment.");
}
