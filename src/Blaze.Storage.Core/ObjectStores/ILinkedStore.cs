namespace Blaze.Storage.Core.ObjectStores;

/// <summary>A store in which a location may be, or lead through, a link to another one.</summary>
public interface ILinkedStore : IObjectStore
{
    /// <summary>Where a resource or directory really lies, all links resolved. Blocks for a look at the disk.</summary>
    /// <param name="uri">The location.</param>
    /// <param name="ifMatch">
    /// The version the resource must have, or null for any. What has that version later is the thing that was looked at here, whatever the
    /// location leads to by then: so who reads by version needs no other look.
    /// </param>
    /// <exception cref="ObjectStoreException">NotFound; PermissionDenied; PreconditionFailed where the version is another.</exception>
    ResourceUri RealLocation(ResourceUri uri, string? ifMatch);
}
