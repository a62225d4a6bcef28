using Blaze.Storage.Core.Keys;

namespace Blaze.Storage.Core.ObjectStores;

/// <summary>One version of one resource.</summary>
/// <param name="Uri">Where it lies.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Version">The store's token for this version; never empty, and another one after any change of the content.</param>
public sealed record ResourceInfo(ResourceUri Uri, long Length, string Version)
{
    /// <summary>The identity of this version, as keys carry it.</summary>
    public ResourceHash Hash => ResourceHash.Of(Uri.ToString(), Version);
}
