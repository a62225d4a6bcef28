using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Caching.Blocks;

/// <summary>
/// A store whose reads are kept in a <see cref="BlockFolder"/>. Only bytes are: what is there, at which version, and whether it still
/// is, the store itself is asked each time. Everything but reading goes to it directly.
/// </summary>
/// <param name="inner">The store, mostly one that is reached over a network.</param>
/// <param name="blocks">Where blocks are kept; it may serve several stores, and is not disposed with them.</param>
public sealed class BlockCache(IObjectStore inner, BlockFolder blocks) : ForwardingStore(inner)
{
    /// <inheritdoc/>
    public override async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken) =>
        new BlockRangeReader(await base.OpenAsync(uri, ifMatch, cancellationToken).ConfigureAwait(false), blocks);
}
