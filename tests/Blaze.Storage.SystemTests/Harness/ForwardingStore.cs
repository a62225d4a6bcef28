using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.SystemTests.Harness;

/// <summary>Passes everything to a store of links; a test overrides what it wants to see.</summary>
internal abstract class ForwardingStore(ILinkedStore inner) : ILinkedStore
{
    public string Scheme => inner.Scheme;

    public bool IsAtConfiguredEndpoint(ResourceUri uri) => inner.IsAtConfiguredEndpoint(uri);

    public virtual ResourceUri RealLocation(ResourceUri uri, string? ifMatch) => inner.RealLocation(uri, ifMatch);

    public Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) => inner.OpenAsync(uri, ifMatch, cancellationToken);

    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) => inner.StatAsync(uri, cancellationToken);

    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, filter, cancellationToken);

    public Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        inner.PutAsync(uri, content, mode, cancellationToken);

    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        inner.OpenMultipartAsync(uri, mode, cancellationToken);

    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        inner.ResumeMultipartAsync(uri, id, mode, cancellationToken);

    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => inner.DeleteAsync(uri, cancellationToken);

    public Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) => inner.CopyIfAbsentAsync(source, target, cancellationToken);

    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        inner.LocationsAsync(uri, range, cancellationToken);
}
