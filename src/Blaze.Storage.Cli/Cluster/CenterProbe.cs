using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>Asks a server on loopback whether it accepts the password and answers.</summary>
internal static class CenterProbe
{
    private static readonly byte[] Answer = "+PONG\r\n"u8.ToArray();

    /// <summary>A port of 127.0.0.1 that is free now. Another process may take it before it is used.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>True when the server at the port let us in and answered; false when it is not there, not ready, or not ours.</summary>
    public static Task<bool> AnswersAsync(int port, string password, CancellationToken cancellationToken) =>
        AnswersAsync(port, password, "", cancellationToken);

    private static async Task<bool> AnswersAsync(int port, string password, string command, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var question = $"*2\r\n$4\r\nAUTH\r\n${password.Length}\r\n{password}\r\n{command}*1\r\n$4\r\nPING\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(question), cancellationToken);
            return await ReadAsync(socket, cancellationToken);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Empties the server at the port, which must be ours.</summary>
    /// <exception cref="ClusterException">It did not let us in or did not do it.</exception>
    public static async Task EmptyAsync(int port, string password, CancellationToken cancellationToken)
    {
        if (!await AnswersAsync(port, password, "*1\r\n$8\r\nFLUSHALL\r\n", cancellationToken))
            throw new ClusterException($"The center at port {port} could not be emptied.");
    }

    /// <summary>The bytes of memory the server at the port, which must be ours, uses for what it holds.</summary>
    /// <exception cref="ClusterException">It did not let us in or does not say.</exception>
    public static async Task<long> UsedMemoryAsync(int port, string password, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var question = $"*2\r\n$4\r\nAUTH\r\n${password.Length}\r\n{password}\r\n*2\r\n$4\r\nINFO\r\n$6\r\nmemory\r\n*1\r\n$4\r\nQUIT\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(question), cancellationToken);
        using var stream = new NetworkStream(socket);
        using var lines = new StreamReader(stream, Encoding.ASCII);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("used_memory:", StringComparison.Ordinal) && long.TryParse(line.AsSpan("used_memory:".Length), out var bytes))
                return bytes;
        }

        throw new ClusterException($"The center at port {port} does not say how much memory it uses.");
    }

    private static async Task<bool> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return false;
            length += read;
            var received = buffer.AsSpan(0, length);
            if (received.StartsWith("-"u8))
                return false;
            if (received.EndsWith(Answer))
                return true;
        }
        return false;
    }
}
