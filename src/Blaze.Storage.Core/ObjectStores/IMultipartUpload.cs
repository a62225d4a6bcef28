namespace Blaze.Storage.Core.ObjectStores;

/// <summary>
/// A resource written in parts, visible only when completed. Disposing an upload that was not completed aborts it.
/// </summary>
public interface IMultipartUpload : IAsyncDisposable
{
    /// <summary>Writes a part. Parts may come in any order and at once; the same number again replaces the part.</summary>
    /// <param name="number">0, 1, 2, …; the resource is the parts in the order of their numbers.</param>
    /// <param name="content">Its bytes. Some stores want every part but the last at 5 MiB or more.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Publishes the resource, all or nothing, by the mode the upload was opened with.</summary>
    /// <exception cref="InvalidOperationException">A number before the highest one was never put, or the upload has ended.</exception>
    Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Drops the parts; nothing happens where the upload has already ended.</summary>
    Task AbortAsync(CancellationToken cancellationToken);
}
