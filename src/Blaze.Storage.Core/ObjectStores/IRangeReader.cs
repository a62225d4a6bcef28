using System.Buffers;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>
/// Reads byte ranges of one version of a resource. Several threads may read at once. Every member throws
/// <see cref="ObjectStoreException"/>: PreconditionFailed once the resource is known to be no longer the version opened.
/// Disposing it gives the handle back.
/// </summary>
public interface IRangeReader : IDisposable
{
    /// <summary>The version opened.</summary>
    ResourceInfo Info { get; }

    /// <summary>
    /// The size of one read that the store serves well, in bytes: where a read is a request, large enough that its round trip
    /// does not matter. Whoever reads on and on does so in pieces of this size, and may have a few under way.
    /// </summary>
    int ReadSize { get; }

    /// <summary>How many of the bytes read so far came over a network from another host.</summary>
    long RemoteBytes { get; }

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>; less only where the resource ends.</summary>
    /// <returns>The bytes read; 0 at and past the end.</returns>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, blocking: for threads of their own.</summary>
    int Read(long offset, Span<byte> buffer)
    {
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var read = ReadAsync(offset, rented.AsMemory(0, buffer.Length), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            rented.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Makes sure, after reading, that the resource still is the version opened: what was read until now belongs to that
    /// version. A store whose every read is conditional has nothing to do here.
    /// </summary>
    ValueTask VerifyAsync(CancellationToken cancellationToken);

    /// <summary>As <see cref="VerifyAsync"/>, blocking.</summary>
    void Verify() => VerifyAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
