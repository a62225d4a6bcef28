using Blaze.Storage.Center;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Cli.Composition;

/// <summary>A worker in this process, running until disposed.</summary>
internal sealed class EmbeddedWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CenterConnection _center;
    private readonly Task _running;

    private EmbeddedWorker(CenterConnection center, Worker.Worker worker)
    {
        _center = center;
        _running = Task.Run(() => worker.RunAsync(_stop.Token));
    }

    /// <summary>Ends only with the worker; faulted where it could not go on.</summary>
    public Task Running => _running;

    public static async Task<EmbeddedWorker> StartAsync(CenterAddress address, Caches caches, int? slots, CancellationToken cancellationToken)
    {
        // Nobody else can take over what is given back, and a command that ends has its answer or does not want it any more.
        var options = new WorkerOptions { DrainPeriod = TimeSpan.Zero, Resources = WorkerSettings.OfProcess().Resources };
        if (slots is { } chosen)
            options = options with { Slots = chosen };
        var center = await CenterConnection.ConnectAsync(address, cancellationToken);
        return new EmbeddedWorker(center, new Worker.Worker(center, caches.Sources, caches.Durable, options));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // How it ended is told by Running; the center must be let go whatever it was.
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _center.DisposeAsync();
        _stop.Dispose();
    }
}
