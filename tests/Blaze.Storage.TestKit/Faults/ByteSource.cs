using System.Net.Sockets;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>What comes from a socket, in pieces as they come or byte by byte.</summary>
internal sealed class ByteSource(Socket socket)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next byte, or null at the end.</summary>
    public async ValueTask<byte?> NextAsync(CancellationToken cancellationToken)
    {
        var piece = await PieceAsync(1, cancellationToken);
        return piece.IsEmpty ? null : piece.Span[0];
    }

    /// <summary>Some bytes, at most so many; none at the end. They are overwritten by the next call.</summary>
    public async ValueTask<Memory<byte>> PieceAsync(long most, CancellationToken cancellationToken)
    {
        if (_start == _end)
            (_start, _end) = (0, await socket.ReceiveAsync(_buffer, cancellationToken));
        var piece = _buffer.AsMemory(_start, (int)Math.Min(most, _end - _start));
        _start += piece.Length;
        return piece;
    }

    /// <summary>Takes back the piece that was given last: it comes again.</summary>
    public void Return(Memory<byte> piece) => _start -= piece.Length;
}
