using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Blaze.Storage.Center;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>Stands between a center and those who use it: it can be cut, it can fall silent, and it can lose every message that the center announces.</summary>
public sealed class CenterRelay : IAsyncDisposable
{
    private readonly CenterAddress _center;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, Task> _links = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _refusedEnough;
    private int _refusals;
    private volatile bool _isCut;
    private volatile bool _isSilent;
    private int _lost;

    private CenterRelay(CenterAddress center)
    {
        _center = center;
        _listener.Start(128);
        _accepting = AcceptAsync();
    }

    /// <summary>The center, as those know it who come through here.</summary>
    public CenterAddress Address => _center with { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port };

    /// <summary>Whether announcements are lost.</summary>
    public bool LosesMessages { get; set; }

    /// <summary>How many announcements were lost.</summary>
    public int LostMessages => Volatile.Read(ref _lost);

    /// <summary>How many connections there are.</summary>
    public int OpenConnections => _links.Count;

    /// <summary>Starts a relay to a center.</summary>
    public static CenterRelay Start(CenterAddress center) => new(center);

    /// <summary>Resets all connections, and new ones until they have been tried so often; then all is as before.</summary>
    public async Task CutAsync(int attempts, CancellationToken cancellationToken)
    {
        _refusals = attempts;
        _refusedEnough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _isCut = true;
        foreach (var (link, _) in _links)
            link.Dispose();
        await _refusedEnough.Task.WaitAsync(cancellationToken);
        _isCut = false;
    }

    /// <summary>Loses all bytes from now on, and breaks no connection.</summary>
    public void FallSilent()
    {
        _isSilent = true;
        foreach (var (link, _) in _links)
            link.IsSilent = true;
    }

    /// <summary>Passes on what new connections say; those that fell silent stay so.</summary>
    public void Speak() => _isSilent = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var (link, running) in _links)
        {
            link.Dispose();
            await running;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var link = new Link(this, client);
                if (_isCut)
                {
                    link.Dispose();
                    if (Interlocked.Decrement(ref _refusals) == 0)
                        _refusedEnough!.SetResult();
                    continue;
                }

                _links[link] = RunAsync(link);
                // It may have come while silence fell.
                if (_isSilent)
                    link.IsSilent = true;
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was closed.
        }
    }

    private async Task RunAsync(Link link)
    {
        await Task.Yield();
        await link.RunAsync(_center);
        _links.TryRemove(link, out _);
    }

    private sealed class Link(CenterRelay relay, Socket client) : IDisposable
    {
        private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private int _isOver;
        private volatile bool _isSilent;

        public bool IsSilent
        {
            set => _isSilent = value;
        }

        // Without lingering: the other side is told by a reset.
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) != 0)
                return;
            client.LingerState = new LingerOption(true, 0);
            client.Dispose();
            _server.Dispose();
        }

        public async Task RunAsync(CenterAddress center)
        {
            client.NoDelay = true;
            try
            {
                await _server.ConnectAsync(center.Host, center.Port);
                await using var asked = new NetworkStream(client);
                await using var answered = new NetworkStream(_server);
                await Task.WhenAny(AskAsync(asked, answered), AnswerAsync(answered, asked));
            }
            catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
            {
                // One of the two sides is gone, and the other follows.
            }
            finally
            {
                Dispose();
            }
        }

        private async Task AskAsync(Stream from, Stream to)
        {
            var buffer = new byte[1 << 16];
            while (await from.ReadAsync(buffer) is > 0 and var length)
            {
                if (!_isSilent)
                    await to.WriteAsync(buffer.AsMemory(0, length));
            }
        }

        private async Task AnswerAsync(Stream from, Stream to)
        {
            var reader = PipeReader.Create(from);
            while (await reader.ReadAsync() is { IsCompleted: false, Buffer: var buffer })
            {
                while (Replies.TryTake(ref buffer, out var reply))
                {
                    if (relay.LosesMessages && Replies.IsMessage(reply))
                        Interlocked.Increment(ref relay._lost);
                    else if (!_isSilent)
                    {
                        foreach (var piece in reply)
                            await to.WriteAsync(piece);
                    }
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    /// <summary>Takes the center's answers apart, as far as that is needed.</summary>
    private static class Replies
    {
        private static ReadOnlySpan<byte> Message => "*3\r\n$7\r\nmessage\r\n"u8;

        public static bool IsMessage(in ReadOnlySequence<byte> reply) => new SequenceReader<byte>(reply).IsNext(Message);

        public static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> reply)
        {
            var reader = new SequenceReader<byte>(buffer);
            var isWhole = TrySkip(ref reader);
            reply = isWhole ? buffer.Slice(0, reader.Position) : default;
            if (isWhole)
                buffer = buffer.Slice(reader.Position);
            return isWhole;
        }

        private static bool TrySkip(ref SequenceReader<byte> reader)
        {
            for (var left = 1L; left > 0; left--)
            {
                if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
                    return false;
                var text = line.ToArray();
                if (text[0] is not ((byte)'*' or (byte)'$') || !Utf8Parser.TryParse(text.AsSpan(1), out long count, out _) || count < 0)
                    continue;
                if (text[0] == (byte)'*')
                    left += count;
                else if (reader.Remaining < count + 2)
                    return false;
                else
                    reader.Advance(count + 2);
            }

            return true;
        }
    }
}
