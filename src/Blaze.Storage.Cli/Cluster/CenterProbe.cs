using System.Globalization;
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
            await socket.SendAsync(Encoding.ASCII.GetBytes(CommandOf("AUTH", password) + command + CommandOf("PING")), cancellationToken);
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
        if (!await AnswersAsync(port, password, CommandOf("FLUSHALL"), cancellationToken))
            throw new ClusterException($"The center at port {port} could not be emptied.");
    }

    /// <summary>The bytes of memory the server at the port, which must be ours, uses for what it holds.</summary>
    /// <exception cref="ClusterException">It did not let us in or does not say.</exception>
    public static async Task<long> UsedMemoryAsync(int port, string password, CancellationToken cancellationToken)
    {
        const string name = "used_memory:";
        var line = (await AskAsync(port, password, cancellationToken, "INFO", "memory")).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.TryParse(line.AsSpan(Math.Min(name.Length, line?.Length ?? 0)), out var bytes)
            ? bytes
            : throw new ClusterException($"The center at port {port} does not say how much memory it uses.");
    }

    /// <summary>Has the server at the port, which must be ours, note commands and scripts that take longer; forgets those noted before.</summary>
    public static async Task NoteSlowAsync(int port, string password, TimeSpan longest, CancellationToken cancellationToken)
    {
        await AskAsync(port, password, cancellationToken, "CONFIG", "SET", "slowlog-log-slower-than", longest.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture));
        await AskAsync(port, password, cancellationToken, "CONFIG", "SET", "slowlog-max-len", "10000");
        await AskAsync(port, password, cancellationToken, "SLOWLOG", "RESET");
    }

    /// <summary>How many commands and scripts were noted since <see cref="NoteSlowAsync"/>.</summary>
    /// <exception cref="ClusterException">It does not say.</exception>
    public static async Task<int> SlowOnesAsync(int port, string password, CancellationToken cancellationToken) =>
        (await AskAsync(port, password, cancellationToken, "SLOWLOG", "LEN")).FirstOrDefault(line => line.StartsWith(':')) is { } line
            ? int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture)
            : throw new ClusterException($"The center at port {port} does not say which commands were slow.");

    // The lines of the answer, between those of letting us in and of saying goodbye.
    private static async Task<List<string>> AskAsync(int port, string password, CancellationToken cancellationToken, params string[] words)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(CommandOf("AUTH", password) + CommandOf(words) + CommandOf("QUIT")), cancellationToken);
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            lines.Add(line);
        return lines;
    }

    private static string CommandOf(params string[] words) => $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"))}";

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
