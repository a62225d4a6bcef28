using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>
/// A place where resources lie. Adapters implement these members; short forms are extension methods. Every failure is an
/// <see cref="ObjectStoreException"/> whose kind a caller can act on. Safe for use by several threads.
/// </summary>
public interface IObjectStore
{
    /// <summary>The scheme of the locations this store serves; also its name in errors.</summary>
    string Scheme { get; }

    /// <summary>
    /// Whether the settings of this store, and not the location, say which servers are asked for it. Nothing is asked to find out. False unless a
    /// store knows better: jobs of people who are not trusted to name servers are refused then.
    /// </summary>
    bool IsAtConfiguredEndpoint(ResourceUri uri) => false;

    /// <summary>Length and version of a resource.</summary>
    /// <exception cref="ObjectStoreException">
    /// NotFound; InvalidPath where the location is a directory; Unsupported where it is something that holds no fixed bytes
    /// (a FIFO, a socket, a device); PermissionDenied.
    /// </exception>
    Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken);

    /// <summary>Opens one version of a resource for reading.</summary>
    /// <param name="uri">The resource.</param>
    /// <param name="ifMatch">The version it must have, or null for the one there is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ObjectStoreException">As <see cref="StatAsync"/>; PreconditionFailed where the version is another.</exception>
    Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken);

    /// <summary>
    /// The resources below a location, at any depth, in the order of their paths' bytes. A resource at the location itself is
    /// not one of them, <c>/a/bc</c> is not below <c>/a/b</c>, and nothing is below a location that does not exist.
    /// </summary>
    /// <param name="prefix">The location.</param>
    /// <param name="filter">What to leave out, or null.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="ListAsync"/>, but only what comes behind a location, which needs not exist: by this a listing that broke off
    /// goes on. A store that can start there does; else what comes before is passed over.
    /// </summary>
    /// <param name="prefix">The location below which is listed.</param>
    /// <param name="filter">What to leave out, or null.</param>
    /// <param name="after">The location behind which it starts.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken)
    {
        var last = after.PathBytes();
        return ListAsync(prefix, filter, cancellationToken).SkipWhile(info => info.Uri.PathBytes().AsSpan().SequenceCompareTo(last) <= 0);
    }

    /// <summary>
    /// Writes a resource, all or nothing: a reader sees the old content or the new one, and after a failure the old one.
    /// </summary>
    /// <returns>The version written.</returns>
    /// <exception cref="ObjectStoreException">AlreadyExists and PreconditionFailed by the mode; PermissionDenied; InvalidPath.</exception>
    Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken);

    /// <summary>Starts writing a resource in parts. The mode is applied on completion.</summary>
    Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken);

    /// <summary>Goes on with an upload that was begun, perhaps by another process, and left without completing or aborting it.</summary>
    /// <param name="uri">The resource it writes.</param>
    /// <param name="id">Its <see cref="IMultipartUpload.Id"/>.</param>
    /// <param name="mode">As it was opened with.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ObjectStoreException">NotFound where the store has no such upload (any more).</exception>
    Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken);

    /// <summary>Removes a resource.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken);

    /// <summary>Copies a resource to a location where none is.</summary>
    /// <exception cref="ObjectStoreException">NotFound for the source; AlreadyExists for the target, which stays as it was.</exception>
    Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken);

    /// <summary>
    /// Where the bytes of a range lie: its parts in order, without gaps, cut where the resource ends; empty where the store does not say.
    /// </summary>
    /// <exception cref="ObjectStoreException">NotFound, where the store knows about places at all.</exception>
    Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken);
}
