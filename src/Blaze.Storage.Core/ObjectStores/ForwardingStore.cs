using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>Passes every call to another store; what is put around a store derives from it and overrides what it is there for.</summary>
/// <param name="inner">The other store.</param>
public abstract class ForwardingStore(IObjectStore inner) : ILinkedStore
{
    /// <inheritdoc/>
    public string Scheme => inner.Scheme;

    /// <inheritdoc/>
    public virtual bool IsAtConfiguredEndpoint(ResourceUri uri) => inner.IsAtConfiguredEndpoint(uri);

    /// <summary>As the other store; Unsupported where it knows no links.</summary>
    /// <inheritdoc/>
    public virtual ResourceUri RealLocation(ResourceUri uri, string? ifMatch) => inner is ILinkedStore links ? links.RealLocation(uri, ifMatch)
        : throw new ObjectStoreException(ObjectStoreErrorKind.Unsupported, $"'{uri.Display}' cannot be traced to where it really lies; name it at a store that can.", Scheme, uri);

    /// <inheritdoc/>
    public virtual Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) => inner.StatAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) => inner.OpenAsync(uri, ifMatch, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, filter, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken) =>
        inner.ListAfterAsync(prefix, filter, after, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        inner.PutAsync(uri, content, mode, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        inner.OpenMultipartAsync(uri, mode, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        inner.ResumeMultipartAsync(uri, id, mode, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => inner.DeleteAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public virtual Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) =>
        inner.CopyIfAbsentAsync(source, target, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        inner.LocationsAsync(uri, range, cancellationToken);
}
