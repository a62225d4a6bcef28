using Blaze.Storage.Center;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Results;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>A worker with a connection of its own, running until disposed.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CenterConnection _center;
    private readonly Task _running;
    private bool _disposed;

    private RunningWorker(CenterConnection center, Worker.Worker worker)
    {
        _center = center;
        Name = worker.Name;
        _running = Task.Run(() => worker.RunAsync(_stop.Token));
    }

    public string Name { get; }

    /// <summary>Ends with the worker, as it does.</summary>
    public Task Ended => _running;

    public static async Task<RunningWorker> StartAsync(CenterAddress address, IObjectStore store, DurableTier? durable, WorkerOptions options)
    {
        var center = await CenterConnection.ConnectAsync(address, TestContext.Current.CancellationToken);
        return new RunningWorker(center, new Worker.Worker(center, new ObjectStoreRegistry(store), durable, options));
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _stop.CancelAsync();
        // Who stops a worker need not hear that it had left before, or why; a test that wants to know looks at its end.
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _center.DisposeAsync();
        _stop.Dispose();
    }
}
