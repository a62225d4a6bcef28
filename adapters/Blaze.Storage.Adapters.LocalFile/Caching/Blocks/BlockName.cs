using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;

namespace Blaze.Storage.Adapters.LocalFile.Caching.Blocks;

/// <summary>A block of one version of a resource, of which another version has other blocks.</summary>
/// <param name="Resource">The version's identity.</param>
/// <param name="Range">Its bytes: whole blocks from the start, and a shorter one at the end.</param>
internal readonly record struct BlockName(ResourceHash Resource, ByteRange Range)
{
    /// <summary>What the block's seal belongs to.</summary>
    public override string ToString() => $"{Resource}.{Range}";
}
