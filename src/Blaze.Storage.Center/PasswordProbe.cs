using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Blaze.Storage.Center;

/// <summary>
/// Finds out, after a connection failed, whether the password was the reason: the library reports that the same way as a server
/// that hangs up, and servers word it differently.
/// </summary>
internal static class PasswordProbe
{
    private const int MostReplyBytes = 4096;

    /// <summary>Whether the server can be reached and refuses the password of the address, or the lack of one.</summary>
    internal static async Task<bool> IsRefusedAsync(CenterAddress address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, deadline.Token);
            await using var stream = await OpenAsync(client, address, deadline.Token);
            await stream.WriteAsync(address.Password is { } password ? Command("AUTH", password) : Command("PING"), deadline.Token);
            // An error begins with a minus sign; what it says beyond that is for people.
            return (await ReadLineAsync(stream, deadline.Token)).StartsWith('-');
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task<Stream> OpenAsync(TcpClient client, CenterAddress address, CancellationToken cancellationToken)
    {
        if (!address.UseTls)
            return client.GetStream();
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        return stream;
    }

    private static byte[] Command(params string[] words) => Encoding.UTF8.GetBytes(
        $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"))}");

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostReplyBytes];
        var length = 0;
        while (length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                break;
            length += read;
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
