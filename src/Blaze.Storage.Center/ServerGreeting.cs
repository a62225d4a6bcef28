using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Blaze.Storage.Center;

/// <summary>
/// Finds out whether a server lets us in before the client library connects to it. The library reports a refused password, a server
/// that is none and one that is away alike, and may take many times its own timeout to do so.
/// </summary>
internal static class ServerGreeting
{
    private const int MostReplyBytes = 4096;

    /// <summary>Returns when the server has let us in and answered.</summary>
    /// <exception cref="CenterException">It did not; the kind and the message say why.</exception>
    internal static async Task CheckAsync(CenterAddress address, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        string reply;
        try
        {
            reply = await AskAsync(address, end.Token);
        }
        catch (AuthenticationException failure)
        {
            throw CenterErrors.Untrusted(address, failure);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw CenterErrors.Unreachable(address, failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw CenterErrors.Silent(address, failure);
        }

        if (reply.Length == 0)
            throw CenterErrors.Unreachable(address, null);
        if (reply.StartsWith('-'))
            throw CenterErrors.FromServer(reply[1..].TrimEnd('\r'), address, null);
        if (reply != "+PONG\r")
            throw CenterErrors.Stranger(address);
    }

    // The answer to the last command alone counts: a server without a password complains about one and then lets everybody in.
    private static async Task<string> AskAsync(CenterAddress address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var stream = await OpenAsync(client, address, cancellationToken);
        byte[] commands = address.Password is { } password ? [.. Command("AUTH", password), .. Command("PING")] : Command("PING");
        await stream.WriteAsync(commands, cancellationToken);
        var wanted = address.Password is null ? 1 : 2;
        var buffer = new byte[MostReplyBytes];
        var length = 0;
        while (length < buffer.Length && buffer.AsSpan(0, length).Count((byte)'\n') < wanted)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                break;
            length += read;
        }

        var lines = Encoding.UTF8.GetString(buffer, 0, length).Split('\n');
        // A server that hangs up after its first line, to say that it is full for example, meant that line.
        return lines.Length > wanted ? lines[wanted - 1] : lines[0];
    }

    private static async Task<Stream> OpenAsync(TcpClient client, CenterAddress address, CancellationToken cancellationToken)
    {
        if (!address.UseTls)
            return client.GetStream();
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(CenterTls.Options(address), cancellationToken);
        return stream;
    }

    private static byte[] Command(params string[] words) => Encoding.UTF8.GetBytes(
        $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"))}");
}
