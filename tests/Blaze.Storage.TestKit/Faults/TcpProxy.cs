using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>
/// Stands between an HTTP client and a server on this host, passes on what each says, and does on the way what a network or an overloaded server
/// would do, request by request. It changes no byte unless it is asked to.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly EndPoint _target;
    private readonly ConcurrentDictionary<ProxyConnection, Task> _open = new();
    private readonly CancellationTokenSource _end = new();
    private TcpListener _listener;
    private Task _accepting;
    private int _requests = -1;
    private int _faults;
    private int _total;

    private TcpProxy(EndPoint target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start(512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Asked about each request, by several threads.</summary>
    public Func<ProxyRequest, ProxyFault> Plan { get; set; } = _ => ProxyFault.None;

    /// <summary>How many requests there were.</summary>
    public int Requests => Volatile.Read(ref _requests) + 1;

    /// <summary>How many faults there were.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <summary>How many connections clients have open.</summary>
    public int OpenConnections => _open.Count;

    /// <summary>How many connections clients have made.</summary>
    public int TotalConnections => Volatile.Read(ref _total);

    /// <summary>Starts a proxy before a server.</summary>
    public static TcpProxy Start(EndPoint target) => new(target);

    /// <summary>Starts a proxy before an HTTP server.</summary>
    public static TcpProxy Start(Uri target) => new(new DnsEndPoint(target.Host, target.Port));

    /// <summary>Refuses connections from now on; those there are stay.</summary>
    public async Task StopListeningAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    /// <summary>Takes connections again, at the same port.</summary>
    public void StartListening()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start(512);
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Resets all connections.</summary>
    public async Task ResetAllAsync()
    {
        // The dictionary's own copy is of one moment, which LINQ's is not.
        var open = _open.ToArray();
        foreach (var (connection, _) in open)
            connection.Abort();
        await Task.WhenAll(open.Select(connection => connection.Value));
    }

    /// <summary>Waits until no client has a connection open.</summary>
    public async Task DrainedAsync(CancellationToken cancellationToken)
    {
        while (_open.Values.FirstOrDefault() is { } running)
            await running.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await StopListeningAsync();
        await ResetAllAsync();
        _end.Dispose();
    }

    internal ProxyFault FaultOf(string line)
    {
        var fault = Plan(new ProxyRequest(Interlocked.Increment(ref _requests), line));
        if (fault != ProxyFault.None)
            Interlocked.Increment(ref _faults);
        return fault;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (await NextAsync(listener) is { } client)
        {
            Interlocked.Increment(ref _total);
            var connection = new ProxyConnection(this, client);
            var started = new TaskCompletionSource();
            var running = RunAsync(connection, started.Task);
            _open[connection] = running;
            started.SetResult();
        }
    }

    private async Task RunAsync(ProxyConnection connection, Task started)
    {
        await started;
        using (connection)
            await connection.RunAsync(_target, _end.Token);
        _open.TryRemove(connection, out _);
    }

    private static async Task<Socket?> NextAsync(TcpListener listener)
    {
        try
        {
            return await listener.AcceptSocketAsync();
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }
}
