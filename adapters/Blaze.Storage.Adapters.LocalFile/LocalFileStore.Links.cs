using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile;

/// <content>Where things really lie.</content>
public sealed partial class LocalFileStore
{
    /// <inheritdoc/>
    /// <remarks>The system is asked about what was opened, not about its name, so no change of a link between two looks leads astray.</remarks>
    public ResourceUri RealLocation(ResourceUri uri, string? ifMatch)
    {
        var error = FileCalls.Open(LocalPath.Of(uri), LibC.OpenPathOnly, 0, out var file);
        using (file)
        {
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            error = FileStatus.Of(file, out var status);
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            if (ifMatch is not null && ifMatch != status.Version)
                throw ObjectStoreException.Changed(uri);
            error = FileCalls.PathOf(file, out var path);
            if (error != 0)
                throw LocalErrors.Reading(error, uri);
            return path.StartsWith("/"u8) ? ResourceUri.FromLocalPath(path)
                : throw LocalErrors.Of(ObjectStoreErrorKind.PermissionDenied, uri, "leads out of what this process can see; name a file by another path");
        }
    }
}
