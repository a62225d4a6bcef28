using System.Net;
using System.Net.Sockets;
using Blaze.Storage.Center;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Peers;

/// <summary>
/// This worker among its peers: the server for its values, which starts when it is first needed, since that costs as much as a small
/// question takes; and the way to others' values.
/// </summary>
internal sealed partial class PeerNode(CenterConnection center, CenterRetry retry, WorkerOptions options, Lazy<DataStore> store, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private Func<CancellationToken, Task>? _announce;
    private PeerServer? _server;
    private PeerClient? _client;
    private PeerFetcher? _fetcher;
    private volatile bool _isAnnounced;

    /// <summary>Where it listens; null while it does not.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Whether the cluster knows where it listens.</summary>
    public bool IsAnnounced => _isAnnounced;

    /// <summary>Says how the cluster is told of the address; before anything else.</summary>
    public void AnnounceWith(Func<CancellationToken, Task> announce) => _announce = announce;

    /// <summary>Listens, and the cluster knows where, after this.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_isAnnounced)
            return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_server is null)
            {
                var listen = options.Listen ?? new IPEndPoint(await TowardsCenterAsync(cancellationToken), 0);
                var settings = new PeerServerOptions { Token = await TokenAsync(cancellationToken), Address = listen.Address, Port = listen.Port, TimeProvider = options.TimeProvider };
                _server = await PeerServer.StartAsync(store.Value, settings, logger, cancellationToken);
                Address = await ReachableAsync(listen.Address, _server.Address, cancellationToken);
                _server.AnswerAt(Address);
                LogListening(logger, Address);
            }

            if (!_isAnnounced)
                await _announce!(cancellationToken);
            _isAnnounced = true;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Gets values from peers.</summary>
    public async ValueTask<PeerFetcher> FetcherAsync(CancellationToken cancellationToken)
    {
        if (_fetcher is { } ready)
            return ready;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _client ??= new PeerClient(new PeerClientOptions { Token = await TokenAsync(cancellationToken), TimeProvider = options.TimeProvider }, store.Value.Pool);
            return _fetcher ??= new PeerFetcher(_client, FindAsync, options.TimeProvider);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
            await server.DisposeAsync();
        _client?.Dispose();
        _starting.Dispose();
    }

    private async Task<Uri?> FindAsync(string worker, CancellationToken cancellationToken)
    {
        var found = await retry.RunAsync(token => center.Workers.DescribeAsync([worker], token), cancellationToken);
        return found[0] is { } info ? WorkerDescription.Parse(info).PeerAddress : null;
    }

    private async Task<PeerToken> TokenAsync(CancellationToken cancellationToken) =>
        PeerToken.Of(options.Code.Key ?? ClusterKey.Parse(await retry.RunAsync(center.Workers.PeerSecretAsync, cancellationToken)));

    // A server on every interface is reached by the one that leads to the center.
    private async Task<Uri> ReachableAsync(IPAddress listened, Uri bound, CancellationToken cancellationToken) =>
        listened.Equals(IPAddress.Any) || listened.Equals(IPAddress.IPv6Any)
            ? new UriBuilder(bound) { Host = (await TowardsCenterAsync(cancellationToken)).ToString() }.Uri
            : bound;

    // Nothing is sent: the system only says which of its addresses it would send from.
    private async Task<IPAddress> TowardsCenterAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(center.Address.Host, center.Address.Port, cancellationToken);
            var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }
        catch (SocketException)
        {
            // The center is reached in some other way; this machine at least can be.
            return IPAddress.Loopback;
        }
    }

    [LoggerMessage(EventId = 2502, Level = LogLevel.Information, Message = "Values of this worker are at {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);
}
