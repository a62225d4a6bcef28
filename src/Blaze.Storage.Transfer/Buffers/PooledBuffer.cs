using System.Buffers;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Transfer.Buffers;

/// <summary>Memory to write a value's bytes to, in pieces of up to 1 GiB. Given back when it is disposed of, after which its memory must not be used;
/// or once neither it nor any of its memory is in use.</summary>
public sealed class PooledBuffer : IDisposable
{
    private readonly BufferPool _pool;
    private readonly Memory<byte>[] _pieces;
    private readonly long _outside;
    private NativeBlock[]? _blocks;

    internal PooledBuffer(BufferPool pool, NativeBlock[] blocks, Memory<byte>[] pieces, long length)
    {
        _pool = pool;
        _blocks = blocks;
        _pieces = pieces;
        Length = length;
        foreach (var block in blocks)
            block.Keeper = this;
        _outside = blocks.Sum(block => (long)block.Length);
        Capacity = Math.Max(length, _outside);
        // The collector sees a small object; it has to know what waits for it to be found unused.
        if (_outside > 0)
            GC.AddMemoryPressure(_outside);
    }

    // Memory outside of the heap of a buffer that nobody gave back, and of which nobody has memory any more.
    ~PooledBuffer() => Release();

    /// <summary>The number of bytes that were asked for.</summary>
    public long Length { get; }

    /// <summary>The number of bytes it takes.</summary>
    public long Capacity { get; }

    /// <summary>All bytes, to be read.</summary>
    public ReadOnlySequence<byte> Bytes => Segments.Join([.. _pieces.Select(piece => (ReadOnlyMemory<byte>)piece)]);

    /// <summary>Bytes to be written, from an offset to the end of the piece it is in, and no more than asked for.</summary>
    public Memory<byte> From(long offset, long most)
    {
        var piece = 0;
        while (piece < _pieces.Length && offset >= _pieces[piece].Length)
            offset -= _pieces[piece++].Length;
        if (piece == _pieces.Length)
            return default;
        var rest = _pieces[piece][(int)offset..];
        return rest.Length > most ? rest[..(int)most] : rest;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _blocks, null) is { Length: > 0 } blocks)
        {
            GC.RemoveMemoryPressure(_outside);
            _pool.Return(blocks);
        }
    }
}
