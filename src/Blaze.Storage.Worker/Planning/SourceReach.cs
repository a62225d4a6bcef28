using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Worker.Planning;

/// <summary>
/// What a job with limits may read, as seen from this machine, whose links and settings the one who accepted the job does not know. Chunks are read by
/// the version that was looked at here, so nothing that a location leads to later gets in.
/// </summary>
internal sealed class SourceReach
{
    private readonly ObjectStoreRegistry _stores;
    private readonly bool _isLimited;
    private readonly List<UriPrefix> _named;
    private readonly List<UriPrefix> _folders;
    private readonly List<UriPrefix>? _prefixes;

    /// <summary>Creates the check.</summary>
    /// <param name="limits">The limits; null for none.</param>
    /// <param name="stores">The stores that read.</param>
    public SourceReach(SourceLimits? limits, ObjectStoreRegistry stores)
    {
        _stores = stores;
        _isLimited = limits is not null;
        _named = [.. (limits?.Folders ?? []).Select(UriPrefix.Parse)];
        _prefixes = limits?.Prefixes?.Select(UriPrefix.Parse).ToList();
        // A folder may be named by a link as well.
        _folders = [.. _named.Select(folder => Real(folder.Location)).OfType<ResourceUri>().Select(folder => UriPrefix.Parse(folder.ToString()))];
    }

    /// <summary>Refuses a source before anything is asked about it, as far as its name tells.</summary>
    /// <exception cref="ObjectStoreException">PermissionDenied: it leads, or may lead, elsewhere.</exception>
    public void Check(SourcePattern source)
    {
        if (!_isLimited)
            return;
        if (source.Location.Scheme != ResourceUri.FileScheme)
            CheckRemote(source.Location, _prefixes?.Exists(prefix => prefix.Contains(source)) ?? true);
        else if (!_named.Concat(_folders).Any(folder => folder.Contains(source)))
            throw OutsideFolders(source.Location);
        else if (Real(source.Location) is { } real)
            CheckReal(source.Location, real);
    }

    /// <summary>Refuses a resource that was found, by where it really lies.</summary>
    /// <exception cref="ObjectStoreException">PermissionDenied: it lies elsewhere; PreconditionFailed: it is another one by now.</exception>
    public void Check(ResourceInfo resource)
    {
        if (!_isLimited)
            return;
        if (resource.Uri.Scheme != ResourceUri.FileScheme)
            CheckRemote(resource.Uri, _prefixes?.Exists(prefix => prefix.Contains(resource.Uri)) ?? true);
        else
            CheckReal(resource.Uri, Links(resource.Uri).RealLocation(resource.Uri, resource.Version));
    }

    /// <summary>Refuses a directory before it is looked into; never says no.</summary>
    /// <exception cref="ObjectStoreException">PermissionDenied: it lies elsewhere.</exception>
    public bool Enters(ResourceUri directory)
    {
        if (_isLimited && directory.Scheme == ResourceUri.FileScheme && Real(directory) is { } real)
            CheckReal(directory, real);
        return true;
    }

    private void CheckReal(ResourceUri asked, ResourceUri real)
    {
        if (!_folders.Exists(folder => folder.Contains(real)))
            throw OutsideFolders(asked);
    }

    private void CheckRemote(ResourceUri uri, bool isBelowPrefix)
    {
        if (!_stores.For(uri).IsAtConfiguredEndpoint(uri))
            throw Refused(uri, "is at a server that the settings of this worker do not name; name one that they do");
        if (!isBelowPrefix)
            throw Refused(uri, "lies outside what this job's owner may read; ask for a key that covers it");
    }

    private ResourceUri? Real(ResourceUri uri)
    {
        try
        {
            return Links(uri).RealLocation(uri, null);
        }
        catch (ObjectStoreException problem) when (problem.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.InvalidPath)
        {
            return null;
        }
    }

    private ILinkedStore Links(ResourceUri uri) =>
        _stores.For(uri) as ILinkedStore ?? throw Refused(uri, "cannot be traced to where it really lies; this worker reads no local files for jobs with limits");

    private static ObjectStoreException OutsideFolders(ResourceUri uri) =>
        Refused(uri, "lies outside the folders that are open to this job; name a file in one of them");

    private static ObjectStoreException Refused(ResourceUri uri, string problem) =>
        new(ObjectStoreErrorKind.PermissionDenied, $"'{uri.Display}' {problem}.", uri.Scheme, uri);
}
