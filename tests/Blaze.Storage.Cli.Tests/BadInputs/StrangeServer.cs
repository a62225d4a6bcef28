using System.Net;
using System.Net.Sockets;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>A server on a loopback port that speaks anything but a center's protocol.</summary>
internal sealed class StrangeServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;

    /// <param name="answer">What every connection is sent at once; null to say nothing.</param>
    /// <param name="hangUp">Whether it is closed then.</param>
    public StrangeServer(byte[]? answer, bool hangUp)
    {
        _listener.Start();
        _accepting = AcceptAsync(answer, hangUp);
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>A port that nobody listens at.</summary>
    public static async Task<string> NobodyAsync()
    {
        await using var gone = new StrangeServer(null, hangUp: true);
        return gone.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(byte[]? answer, bool hangUp)
    {
        var open = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                open.Add(client);
                if (answer is not null)
                    await client.GetStream().WriteAsync(answer, _stop.Token);
                if (!hangUp)
                    continue;
                // Closed with something unread, the connection would be reset, and what was sent on it lost.
                _ = await client.GetStream().ReadAsync(new byte[1024], _stop.Token);
                client.Close();
            }
        }
        catch (OperationCanceledException)
        {
            open.ForEach(client => client.Dispose());
        }
    }
}
