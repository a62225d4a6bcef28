namespace Blaze.Storage.Transfer.Buffers;

/// <summary>
/// Memory for values that come from elsewhere. Memory that was never written to is several times slower to fill than memory that was,
/// so large buffers are kept for the next value of about their size, up to a number of idle bytes. Not part of the collected heap: what
/// is given back is free at once. Thread-safe.
/// </summary>
public sealed class BufferPool : IDisposable
{
    /// <summary>Smaller buffers are ordinary arrays and not kept.</summary>
    public const int SmallestBlock = 64 << 10;

    // A sequence's pieces are counted in ints; one block for each GiB of a longer buffer.
    private const int LargestBlock = 1 << 30;

    private readonly Lock _lock = new();
    // By size, those given back longest ago first.
    private readonly Dictionary<int, LinkedList<(NativeBlock Block, long Returned)>> _idle = [];
    private readonly long _idleLimit;
    private long _idleBytes;
    private long _returns;
    private bool _disposed;

    /// <summary>Creates an empty pool.</summary>
    /// <param name="idleLimit">The most bytes kept for later.</param>
    public BufferPool(long idleLimit) => _idleLimit = idleLimit;

    /// <summary>Bytes that are kept for later.</summary>
    public long IdleBytes
    {
        get
        {
            lock (_lock)
                return _idleBytes;
        }
    }

    /// <summary>A buffer of so many bytes whose content is what was left there. Dispose of it to give it back.</summary>
    public PooledBuffer Rent(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length < SmallestBlock)
            return new PooledBuffer(this, [], [GC.AllocateUninitializedArray<byte>((int)length)], length);
        var blocks = new List<NativeBlock>();
        var pieces = new List<Memory<byte>>();
        for (var rest = length; rest > 0;)
        {
            var size = (int)Math.Min(rest, LargestBlock);
            var block = Take(SizeClass(size));
            blocks.Add(block);
            pieces.Add(block.Memory[..size]);
            rest -= size;
        }

        return new PooledBuffer(this, [.. blocks], [.. pieces], length);
    }

    /// <summary>Takes back blocks that nobody uses any more.</summary>
    internal void Return(ReadOnlySpan<NativeBlock> blocks)
    {
        foreach (var block in blocks)
            foreach (var dropped in Keep(block))
                dropped.Free();
    }

    // Frees the memory of a pool that nobody disposed of.
    ~BufferPool() => FreeIdle();

    /// <summary>Frees what is idle; buffers in use are freed when they are given back.</summary>
    public void Dispose()
    {
        FreeIdle();
        GC.SuppressFinalize(this);
    }

    private void FreeIdle()
    {
        List<NativeBlock> idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle.Values.SelectMany(blocks => blocks).Select(kept => kept.Block)];
            _idle.Clear();
            _idleBytes = 0;
        }

        idle.ForEach(block => block.Free());
    }

    // Four sizes for each power of two: at most a quarter is wasted, and values of about one length share their buffers.
    private static int SizeClass(int length)
    {
        var step = Math.Max(SmallestBlock, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length) / 8);
        return (length + step - 1) / step * step;
    }

    private NativeBlock Take(int size)
    {
        lock (_lock)
        {
            if (_idle.TryGetValue(size, out var blocks) && blocks.Last is { } last)
            {
                blocks.RemoveLast();
                _idleBytes -= size;
                return last.Value.Block;
            }
        }

        return NativeBlock.Allocate(size);
    }

    private List<NativeBlock> Keep(NativeBlock returned)
    {
        var dropped = new List<NativeBlock>();
        lock (_lock)
        {
            if (_disposed || returned.Length > _idleLimit)
                return [returned];
            if (!_idle.TryGetValue(returned.Length, out var blocks))
                _idle[returned.Length] = blocks = [];
            blocks.AddLast((returned.Renewed(), _returns++));
            _idleBytes += returned.Length;
            while (_idleBytes > _idleLimit)
                dropped.Add(DropOldest_NeedsLock());
        }

        return dropped;
    }

    private NativeBlock DropOldest_NeedsLock()
    {
        var oldest = _idle.Values.Where(blocks => blocks.Count > 0).MinBy(blocks => blocks.First!.Value.Returned)!;
        var block = oldest.First!.Value.Block;
        oldest.RemoveFirst();
        _idleBytes -= block.Length;
        return block;
    }
}
