using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Worker.Execution;

/// <summary>
/// What one input of a chunk was read into last: a piece of the size its store likes, which kernels get in windows small enough for
/// a core's own cache.
/// </summary>
internal sealed class ReadBuffer
{
    /// <summary>The most bytes a kernel gets at once; a multiple of the grid's finest block.</summary>
    public const int WindowSize = 256 << 10;

    // No operation reads further past the end of what it owns.
    private const int MostHalo = 64;
    private byte[] _bytes = [];
    private IRangeReader? _reader;
    private long _limit;
    private ByteRange _held;
    private int _length;

    /// <summary>The size of the store's reads in bytes, a multiple of the window's.</summary>
    public int ReadSize { get; private set; }

    /// <summary>Starts on another resource; nothing is read yet.</summary>
    /// <param name="reader">Where to read from.</param>
    /// <param name="end">The end of what will be read, in bytes.</param>
    public void Begin(IRangeReader reader, long end)
    {
        _reader = reader;
        _limit = Math.Min(end, reader.Info.Length);
        _held = default;
        ReadSize = Math.Max(reader.ReadSize / WindowSize, 1) * WindowSize;
    }

    /// <summary>The bytes from a position to the end of its window.</summary>
    public static long WindowAt(long position) => WindowSize - (position % WindowSize);

    /// <summary>Whether the window at a position has been read.</summary>
    public bool Holds(long position) => _held.Start <= position && position < _held.End;

    /// <summary>Reads the piece of this size on the grid that begins or goes on at a position, and the bytes after it that its records may need.</summary>
    /// <returns>The bytes read.</returns>
    public int Read(long position, int size, int halo)
    {
        var target = Prepare(position, size, halo);
        return Check(target.IsEmpty ? 0 : _reader!.Read(position, target.Span));
    }

    /// <inheritdoc cref="Read"/>
    public async Task<int> ReadAsync(long position, int size, int halo, CancellationToken cancellationToken)
    {
        var target = Prepare(position, size, halo);
        return Check(target.IsEmpty ? 0 : await _reader!.ReadAsync(position, target, cancellationToken));
    }

    /// <summary>Bytes of the piece that was read; fewer, or none, where the resource ends.</summary>
    public ReadOnlySpan<byte> Window(long position, int length)
    {
        var start = (int)(position - _held.Start);
        return start < _length ? _bytes.AsSpan(start, Math.Min(length, _length - start)) : default;
    }

    private Memory<byte> Prepare(long position, int size, int halo)
    {
        _held = new ByteRange(position, position + size - (position % size));
        _length = (int)Math.Clamp(_limit - position, 0, _held.Length + halo);
        if (_bytes.Length < _length)
            _bytes = GC.AllocateUninitializedArray<byte>(RoundedUp(_length - halo) + MostHalo);
        return _bytes.AsMemory(0, _length);
    }

    private static int RoundedUp(int length) => (length + WindowSize - 1) / WindowSize * WindowSize;

    private int Check(int read)
    {
        if (read < _length)
            throw ObjectStoreException.Changed(_reader!.Info.Uri);
        return read;
    }
}
