using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>Where files are copied to: a name for one file, or a directory in which each keeps its name.</summary>
/// <param name="Location">The name or the directory.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
internal sealed record CopyTarget(ResourceUri Location, bool IsDirectory)
{
    /// <summary>Reads the target of a command line; a directory ends with a slash, or is there already.</summary>
    public static async Task<CopyTarget> ResolveAsync(string text, CommandServices services, CancellationToken cancellationToken)
    {
        var location = Locations.Parse(text, services.CurrentDirectory).Location;
        var isDirectory = text.EndsWith('/') || await IsDirectoryAsync(services.Stores.Value.For(location), location, cancellationToken);
        return new CopyTarget(location, isDirectory);
    }

    /// <summary>Where a file goes.</summary>
    /// <param name="source">What named it.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="UsageException">There may be several, and the target is no directory; or it lies inside the source.</exception>
    /// <exception cref="ObjectStoreException">Its name cannot be one at the target (InvalidPath).</exception>
    public ResourceUri PlaceOf(SourcePattern source, ResourceInfo file)
    {
        var isItself = file.Uri == source.Location;
        if (!IsDirectory)
        {
            return isItself ? Location : throw new UsageException(
                $"'{source.Location.Display}' may be several files, and '{Location.Display}' is no directory; end it with a slash to have one made.");
        }

        if (!isItself && IsInside(source, file))
            throw new UsageException($"'{Location.Display}' lies inside '{source.Location.Display}', so the copy would never end; choose a target outside.");
        return Append(isItself ? LastSegment(file.Uri.PathBytes()) : file.Uri.PathBytes().AsSpan(BaseOf(source, file).Length), file);
    }

    private static async Task<bool> IsDirectoryAsync(IObjectStore store, ResourceUri location, CancellationToken cancellationToken)
    {
        try
        {
            await store.StatAsync(location, cancellationToken);
            return false;
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.InvalidPath)
        {
            return failure.Kind == ObjectStoreErrorKind.InvalidPath || await store.ListAsync(location, cancellationToken).AnyAsync(cancellationToken);
        }
    }

    // The path, with a slash at its end, that files keep their names relative to.
    private static byte[] BaseOf(SourcePattern source, ResourceInfo file) =>
        WithSlash((IsBelowLocation(source, file) ? source.Location : source.Directory).PathBytes());

    // Listing the source would find what was just copied.
    private bool IsInside(SourcePattern source, ResourceInfo file)
    {
        var isBelow = (Location.Scheme, Location.Authority) == (file.Uri.Scheme, file.Uri.Authority)
            && WithSlash(Location.PathBytes()).AsSpan().StartsWith(BaseOf(source, file));
        return isBelow && (IsBelowLocation(source, file) || source.MatchesBelow(Location));
    }

    private static bool IsBelowLocation(SourcePattern source, ResourceInfo file) =>
        file.Uri.PathBytes().AsSpan().StartsWith(WithSlash(source.Location.PathBytes()));

    private static byte[] WithSlash(byte[] path) => path is [.., (byte)'/'] ? path : [.. path, (byte)'/'];

    private static ReadOnlySpan<byte> LastSegment(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    // A store's name may hold segments that would lead a path elsewhere.
    private ResourceUri Append(ReadOnlySpan<byte> name, ResourceInfo file)
    {
        foreach (var part in name.Split((byte)'/'))
        {
            var segment = name[part];
            if (file.Uri.Scheme != Location.Scheme && (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8)))
            {
                throw new ObjectStoreException(
                    ObjectStoreErrorKind.InvalidPath, $"'{file.Uri.Display}' cannot keep its name below '{Location.Display}'; copy it by itself to a name of your choice.", Location.Scheme, Location);
            }
        }

        return Location.Append(name);
    }
}
