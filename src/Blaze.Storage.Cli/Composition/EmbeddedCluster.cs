using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Composition;

/// <summary>A center as a child process and a worker in this one, for a single command.</summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly EmbeddedCenter _center;
    private readonly EmbeddedWorker _worker;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watch;

    private EmbeddedCluster(EmbeddedCenter center, EmbeddedWorker worker)
    {
        _center = center;
        _worker = worker;
        _watch = WatchAsync();
    }

    public CenterAddress Address => _center.Address;

    /// <summary>Fires when the center or the worker ended by itself.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <exception cref="BlazeException">There is no server to start, or it did not start.</exception>
    public static async Task<EmbeddedCluster> StartAsync(Caches caches, int? slots, CancellationToken cancellationToken)
    {
        var center = await EmbeddedCenter.StartAsync(CenterServer.Find(), TimeProvider.System, cancellationToken);
        try
        {
            return new EmbeddedCluster(center, await EmbeddedWorker.StartAsync(center.Address, caches, slots, cancellationToken));
        }
        catch
        {
            await center.DisposeAsync();
            throw;
        }
    }

    /// <summary>Why the cluster ended by itself.</summary>
    public async Task<BlazeException> EndAsync()
    {
        await _watch;
        if (_worker.Running.Exception?.GetBaseException() is { } failure)
            return failure as BlazeException ?? new ClusterException($"The worker of this command failed: {failure.Message}", failure);
        return new ClusterException($"The center of this command ended with exit code {await _center.Exited}; run again. Its last words: {_center.LastWords}");
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _center.DisposeAsync();
        await _watch;
        _ended.Dispose();
    }

    private async Task WatchAsync()
    {
        await Task.WhenAny(_center.Exited, _worker.Running);
        await _ended.CancelAsync();
    }
}
