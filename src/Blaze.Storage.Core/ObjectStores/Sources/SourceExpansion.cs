using System.Runtime.CompilerServices;

namespace Blaze.Storage.Core.ObjectStores.Sources;

/// <summary>Finds the resources that a source names.</summary>
public static class SourceExpansion
{
    /// <summary>
    /// The resources, one by one as the store finds them, in the order of their paths' bytes; at least one.
    /// </summary>
    /// <exception cref="ObjectStoreException">
    /// NotFound for a missing file, a directory without files and a pattern without match; Unsupported for a scheme nobody
    /// serves and for what is no regular file; PermissionDenied; InvalidPath.
    /// </exception>
    public static IAsyncEnumerable<ResourceInfo> ExpandAsync(this ObjectStoreRegistry stores, SourcePattern source, CancellationToken cancellationToken) =>
        ExpandAsync(stores, source, static _ => true, cancellationToken);

    /// <inheritdoc cref="ExpandAsync(ObjectStoreRegistry, SourcePattern, CancellationToken)"/>
    /// <param name="stores">The stores.</param>
    /// <param name="source">What to find.</param>
    /// <param name="enters">Asked of each directory on the way, before it is looked into; what it throws ends the search.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async IAsyncEnumerable<ResourceInfo> ExpandAsync(
        this ObjectStoreRegistry stores, SourcePattern source, Predicate<ResourceUri> enters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = stores.For(source.Location);
        var (found, failure) = await TryStatAsync(store, source.Location, cancellationToken).ConfigureAwait(false);
        if (found is not null)
        {
            yield return found;
            yield break;
        }

        var any = false;
        await foreach (var info in BelowAsync(store, source, enters, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            yield return info;
        }

        if (!any && source.IsPattern)
        {
            await foreach (var info in store.ListAsync(source.Directory, new ListFilter(directory => source.MatchesBelow(directory) && enters(directory), source.Matches), cancellationToken).ConfigureAwait(false))
            {
                any = true;
                yield return info;
            }
        }

        if (!any)
            throw Nothing(source, failure!);
    }

    private static async Task<(ResourceInfo? Info, ObjectStoreException? Failure)> TryStatAsync(
        IObjectStore store, ResourceUri uri, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.StatAsync(uri, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.InvalidPath)
        {
            return (null, failure);
        }
    }

    private static async IAsyncEnumerable<ResourceInfo> BelowAsync(
        IObjectStore store, SourcePattern source, Predicate<ResourceUri> enters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var listing = store.ListAsync(source.Location, new ListFilter(enters, static _ => true), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await listing.MoveNextAsync().ConfigureAwait(false))
                    yield break;
            }
            catch (ObjectStoreException failure) when (source.IsPattern && failure.Kind == ObjectStoreErrorKind.InvalidPath)
            {
                // A pattern may be longer than any name, or otherwise none itself.
                yield break;
            }

            yield return listing.Current;
        }
    }

    private static ObjectStoreException Nothing(SourcePattern source, ObjectStoreException failure)
    {
        var location = source.Location;
        if (source.IsPattern)
            return new ObjectStoreException(ObjectStoreErrorKind.NotFound, $"No file matches '{location.Display}'; check the pattern, and that this machine can see the files.", location.Scheme, location);
        return failure.Kind == ObjectStoreErrorKind.InvalidPath
            ? new ObjectStoreException(ObjectStoreErrorKind.NotFound, $"There is no file in the directory '{location.Display}'; name one that has files.", location.Scheme, location)
            : failure;
    }
}
