using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer.Buffers;

namespace Blaze.Storage.Transfer;

/// <summary>A value, or a part of one, that came from another worker, in a buffer of this one.</summary>
/// <param name="buffer">The bytes. Whoever sets the value in a store gives it the buffer instead of disposing of this.</param>
/// <param name="format">The format of the whole.</param>
/// <param name="checksum">The CRC-32C of the bytes here.</param>
public sealed class PeerValue(PooledBuffer buffer, string format, uint checksum) : IDisposable
{
    /// <summary>The value; of a part, its bytes.</summary>
    public Value Value { get; } = new(format, buffer.Bytes);

    /// <summary>The buffer.</summary>
    public PooledBuffer Buffer => buffer;

    /// <summary>The CRC-32C of the bytes here.</summary>
    public uint Checksum => checksum;

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();
}
