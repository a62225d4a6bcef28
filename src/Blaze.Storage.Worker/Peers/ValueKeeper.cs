using Blaze.Storage.Center;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.Worker.Data;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Peers;

/// <summary>
/// Everything of a worker that has to do with large values: the dictionary that holds them, made when the first one comes, the server, and the news of what is
/// no longer wanted.
/// </summary>
internal sealed partial class ValueKeeper : IAsyncDisposable
{
    private readonly CenterConnection _center;
    private readonly CenterRetry _retry;
    private readonly string _worker;
    private readonly ILogger _logger;
    private readonly Lazy<DataStore> _store;
    private readonly long _memoryLimit;
    private readonly PeerNode _node;
    private readonly ValueAudit _audit;

    /// <summary>Makes nothing yet, but for a spill folder, which must be found out to be of use before anything is claimed.</summary>
    public ValueKeeper(CenterConnection center, CenterRetry retry, WorkerOptions options, string worker, ILogger logger)
    {
        (_center, _retry, _worker, _logger) = (center, retry, worker, logger);
        var settings = options.DataStore;
        _memoryLimit = settings.MemoryLimit;
        _store = new Lazy<DataStore>(() => new DataStore(settings));
        if (options.SpillFolder is not null)
            _ = _store.Value;
        _node = new PeerNode(center, retry, options, _store, logger);
        _audit = new ValueAudit(center, worker, _store, options.TimeProvider);
        Values = new WorkerValues(center, worker, _store, _node, options.TimeProvider);
    }

    /// <summary>The values.</summary>
    public WorkerValues Values { get; }

    /// <summary>Raised for values, or tasks, that are not wanted any more.</summary>
    public event Action<IReadOnlyList<string>>? Dropped;

    /// <summary>Says how the cluster is told where this worker listens; before anything else.</summary>
    public void AnnounceWith(Func<CancellationToken, Task> announce) => _node.AnnounceWith(announce);

    /// <summary>Follows what the cluster wants, until cancelled.</summary>
    /// <param name="listenAtOnce">Whether to listen for requests before anybody asks for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(bool listenAtOnce, CancellationToken cancellationToken)
    {
        await using var news = await _retry.RunAsync(token => _center.Workers.ListenDroppedAsync(_worker, keys => OnDropped(keys, cancellationToken), token), cancellationToken);
        if (listenAtOnce)
            await _node.ListenAsync(cancellationToken);
        await _audit.RunAsync(cancellationToken);
    }

    /// <summary>Adds what there is to say of values.</summary>
    public WorkerDescription Describe(WorkerDescription about)
    {
        about = about with { Peers = _node.Address?.GetLeftPart(UriPartial.Authority), Cores = Environment.ProcessorCount, MemoryLimit = _memoryLimit };
        if (!_store.IsValueCreated)
            return about;
        var store = _store.Value;
        return about with { Memory = store.MemoryBytes, Values = store.Count, Spilled = store.SpilledBytes };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        if (_store.IsValueCreated)
            _store.Value.Dispose();
    }

    private void OnDropped(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            _ = ListenAsync(cancellationToken);
            return;
        }

        Values.Drop(keys);
        Dropped?.Invoke(keys);
    }

    // Whoever asked asks again where this fails.
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _node.ListenAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is BlazeException or OperationCanceledException)
        {
            LogNotListening(_logger, problem.Message);
        }
    }

    [LoggerMessage(EventId = 2503, Level = LogLevel.Warning, Message = "Others cannot get at this worker's values: {Problem}")]
    private static partial void LogNotListening(ILogger logger, string problem);
}
