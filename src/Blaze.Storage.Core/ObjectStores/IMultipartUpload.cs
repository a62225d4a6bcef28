namespace Blaze.Storage.Core.ObjectStores;

/// <summary>
/// A resource written in parts, visible only when completed. Disposing an upload that was neither completed nor left aborts it.
/// </summary>
public interface IMultipartUpload : IAsyncDisposable
{
    /// <summary>By what <see cref="IObjectStore.ResumeMultipartAsync"/> finds this upload again; one line of text.</summary>
    string Id { get; }

    /// <summary>The numbers of the parts the store has.</summary>
    IReadOnlyCollection<int> Parts { get; }

    /// <summary>
    /// Ends this handle without completing or aborting: the parts stay, out of sight, until the upload is resumed, or the store
    /// clears it away by rules of its own.
    /// </summary>
    void Leave();

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
