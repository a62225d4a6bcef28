using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Blaze.Storage.Worker.Peers;

/// <summary>
/// The server's buffers: pinned blocks of 64 KiB. With the default of 4 KiB a large body costs sixteen times as many calls to receive it.
/// </summary>
internal sealed class TransportMemory : IMemoryPoolFactory<byte>
{
    private const int BlockSize = 64 << 10;
    private const int MostIdleBlocks = 256;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<byte[]> _idle = [];

        public override int MaxBufferSize => BlockSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
            return new Block(this, _idle.TryDequeue(out var bytes) ? bytes : GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
        }

        protected override void Dispose(bool disposing) => _idle.Clear();

        private void Return(byte[] bytes)
        {
            if (_idle.Count < MostIdleBlocks)
                _idle.Enqueue(bytes);
        }

        private sealed class Block(Pool pool, byte[] bytes) : IMemoryOwner<byte>
        {
            private byte[]? _bytes = bytes;

            public Memory<byte> Memory { get; } = System.Runtime.InteropServices.MemoryMarshal.CreateFromPinnedArray(bytes, 0, bytes.Length);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _bytes, null) is { } returned)
                    pool.Return(returned);
            }
        }
    }
}
