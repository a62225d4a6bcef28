using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Worker.Results;

namespace Blaze.Storage.Worker.Planning;

/// <summary>Finds what is known of extents: first their whole values, all at once, then the blocks of those that have none.</summary>
internal sealed class KnownBlocksLookup(ResultStore results)
{
    /// <summary>Each extent with what is known of it, in the order given.</summary>
    public async Task<IReadOnlyList<(Extent Extent, KnownBlocks Known)>> FindAsync(
        IReadOnlyList<Extent> extents, bool useDurable, CancellationToken cancellationToken)
    {
        var whole = await results.ContainsAsync([.. extents.Select(extent => extent.Key.ToString())], cancellationToken);
        var known = new List<(Extent, KnownBlocks)>(extents.Count);
        for (var i = 0; i < extents.Count; i++)
        {
            IReadOnlyCollection<ByteRange> stored = whole[i]
                ? [extents[i].Range]
                : await FindBlocksAsync(extents[i], useDurable, cancellationToken);
            known.Add((extents[i], new KnownBlocks(extents[i].Operation, stored)));
        }

        return known;
    }

    /// <summary>Each extent with what is known of it apart from its whole value.</summary>
    public async Task<IReadOnlyList<(Extent Extent, KnownBlocks Known)>> FindBlocksAsync(
        IReadOnlyList<Extent> extents, bool useDurable, CancellationToken cancellationToken)
    {
        var known = new List<(Extent, KnownBlocks)>(extents.Count);
        foreach (var extent in extents)
        {
            var stored = await FindBlocksAsync(extent, useDurable, cancellationToken);
            known.Add((extent, new KnownBlocks(extent.Operation, stored.Where(range => range != extent.Range))));
        }

        return known;
    }

    private Task<IReadOnlyCollection<ByteRange>> FindBlocksAsync(Extent extent, bool useDurable, CancellationToken cancellationToken) =>
        results.FindAsync(extent.What, extent.Range, [.. KnownBlocks.BlocksAroundEnds(extent.Range)], useDurable, cancellationToken);
}
