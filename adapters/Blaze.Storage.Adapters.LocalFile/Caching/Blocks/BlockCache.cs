using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Caching.Blocks;

/// <summary>
/// A store whose reads are kept in a <see cref="BlockFolder"/>. Only bytes are: what is there, at which version, and whether it still
/// is, the store itself is asked each time. Everything but reading goes to it directly.
/// </summary>
/// <param name="inner">The store, mostly one that is reached over a network.</param>
/// <param name="blocks">Where blocks are kept; it may serve several stores, and is not disposed with them.</param>
public sealed class BlockCache(IObjectStore inner, BlockFolder blocks) : IObjectStore
{
    /// <inheritdoc/>
    public string Scheme => inner.Scheme;

    /// <inheritdoc/>
    public bool IsAtConfiguredEndpoint(ResourceUri uri) => inner.IsAtConfiguredEndpoint(uri);

    /// <inheritdoc/>
    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) => inner.StatAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) =>
        new BlockRangeReader(await inner.OpenAsync(uri, ifMatch, cancellationToken).ConfigureAwait(false), blocks);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, filter, cancellationToken);

    /// <inheritdoc/>
    public Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        inner.PutAsync(uri, content, mode, cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        inner.OpenMultipartAsync(uri, mode, cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        inner.ResumeMultipartAsync(uri, id, mode, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => inner.DeleteAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) =>
        inner.CopyIfAbsentAsync(source, target, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        inner.LocationsAsync(uri, range, cancellationToken);
}
