using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>One client's connection and the one to the server that belongs to it.</summary>
internal sealed class ProxyConnection(TcpProxy proxy, Socket client) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private bool _closed;
    private volatile ProxyFault _fault = ProxyFault.None;
    private long _requestBytes;
    private long _answerBytes;

    /// <summary>Resets both sides.</summary>
    public void Abort()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            client.LingerState = new LingerOption(true, 0);
            _server.LingerState = new LingerOption(true, 0);
            Close_NeedsLock();
        }
    }

    /// <summary>Passes on what comes until one side ends or a fault does.</summary>
    public async Task RunAsync(EndPoint target, CancellationToken cancellationToken)
    {
        client.NoDelay = true;
        try
        {
            await _server.ConnectAsync(target, cancellationToken);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
            var requests = RequestsAsync(ending.Token);
            var answers = AnswersAsync(ending.Token);
            // A server that has closed may have left an answer on the way; a client that has closed wants none.
            await await Task.WhenAny(requests, AnswersThenClientAsync(answers, requests));
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
        {
            Abort();
        }
        finally
        {
            await _end.CancelAsync();
        }
    }

    /// <summary>Closes both sides.</summary>
    public void Dispose()
    {
        lock (_lock)
            Close_NeedsLock();
        _end.Dispose();
    }

    private void Close_NeedsLock()
    {
        _closed = true;
        client.Dispose();
        _server.Dispose();
    }

    // Where the answers have stalled the client decides when it has had enough.
    private static async Task AnswersThenClientAsync(Task<bool> answers, Task requests)
    {
        if (await answers)
            await requests;
    }

    private async Task RequestsAsync(CancellationToken cancellationToken)
    {
        var source = new ByteSource(client);
        while (await HttpHead.ReadAsync(source, cancellationToken) is { } head)
        {
            Interlocked.Exchange(ref _requestBytes, 0);
            Interlocked.Exchange(ref _answerBytes, 0);
            _fault = proxy.FaultOf(head.FirstLine);
            if (_fault.Instead is { } answer)
            {
                if (!head.WaitsForContinue)
                    await BodyAsync(head, source, _ => ValueTask.CompletedTask, cancellationToken);
                await SendAsync(client, answer, cancellationToken);
                client.Shutdown(SocketShutdown.Send);
                return;
            }

            if (_fault.Pause > TimeSpan.Zero)
            {
                using var timer = new PeriodicTimer(_fault.Pause);
                await timer.WaitForNextTickAsync(cancellationToken);
            }

            await PassRequestAsync(head.Bytes, cancellationToken);
            await BodyAsync(head, source, piece => PassRequestAsync(piece, cancellationToken), cancellationToken);
        }
    }

    private async ValueTask PassRequestAsync(Memory<byte> piece, CancellationToken cancellationToken)
    {
        if (_fault.RequestBytes is { } most && _requestBytes + piece.Length >= most)
        {
            await SendAsync(_server, piece[..(int)Math.Max(0, most - _requestBytes)], cancellationToken);
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        _requestBytes += piece.Length;
        await SendAsync(_server, piece, cancellationToken);
    }

    private static async Task BodyAsync(HttpHead head, ByteSource source, Func<Memory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        if (!head.IsChunked)
        {
            await PartAsync(head.BodyLength, source, take, cancellationToken);
            return;
        }

        for (var length = -1L; length != 0;)
        {
            var line = await LineAsync(source, cancellationToken);
            await take(Encoding.Latin1.GetBytes(line + "\r\n"));
            length = long.Parse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            await PartAsync(length + 2, source, take, cancellationToken);
        }
    }

    private static async Task PartAsync(long length, ByteSource source, Func<Memory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        for (var left = length; left > 0;)
        {
            var piece = await source.PieceAsync(left, cancellationToken);
            if (piece.IsEmpty)
                throw new InvalidDataException("A request ends in the middle.");
            await take(piece);
            left -= piece.Length;
        }
    }

    private static async Task<string> LineAsync(ByteSource source, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await source.NextAsync(cancellationToken) is { } value && value != '\n')
            line.Append((char)value);
        return line.ToString().TrimEnd('\r');
    }

    /// <returns>Whether the answers have stalled.</returns>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var source = new ByteSource(_server);
        while (await source.PieceAsync(long.MaxValue, cancellationToken) is { IsEmpty: false } piece)
        {
            // The fault is known when the first byte of the answer is, and not before.
            if (_answerBytes == 0 && _fault.NewHead is { } rewrite)
            {
                source.Return(piece);
                await PassHeadAsync(source, rewrite, cancellationToken);
                continue;
            }

            if (_fault.AnswerBytes is { } most && _answerBytes + piece.Length >= most)
            {
                await SendAsync(client, piece[..(int)Math.Max(0, most - _answerBytes)], cancellationToken);
                if (_fault.How == ProxyFault.Cut.Reset)
                    throw new SocketException((int)SocketError.ConnectionReset);
                if (_fault.How == ProxyFault.Cut.Close)
                    client.Shutdown(SocketShutdown.Send);
                return _fault.How == ProxyFault.Cut.Stall;
            }

            Interlocked.Add(ref _answerBytes, piece.Length);
            await SendAsync(client, piece, cancellationToken);
        }

        client.Shutdown(SocketShutdown.Send);
        return false;
    }

    private async Task PassHeadAsync(ByteSource source, Func<string, string> rewrite, CancellationToken cancellationToken)
    {
        var head = await HttpHead.ReadAsync(source, cancellationToken) ?? throw new InvalidDataException("An answer ends in its head.");
        var bytes = head.IsInterim ? head.Bytes : Encoding.Latin1.GetBytes(rewrite(head.Text));
        await SendAsync(client, bytes, cancellationToken);
        if (!head.IsInterim)
            Interlocked.Add(ref _answerBytes, bytes.Length);
    }

    private static async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }
}
