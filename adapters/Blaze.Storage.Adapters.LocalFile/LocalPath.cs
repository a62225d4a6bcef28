using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile;

/// <summary>Paths as the system takes them: bytes with a NUL at the end.</summary>
internal static class LocalPath
{
    /// <summary>The path of a location.</summary>
    /// <exception cref="ObjectStoreException">The location is none of this store (InvalidPath).</exception>
    public static byte[] Of(ResourceUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.Scheme != ResourceUri.FileScheme)
            throw ObjectStoreException.InvalidLocation(uri.ToString(), "local files have file:// locations");
        var path = uri.PathBytes();
        if (Writing.StagedFile.IsStagedName(NameIn(path)))
            throw ObjectStoreException.InvalidLocation(uri.Display, "names that start like this one are kept for files that are being written");
        return [.. path, 0];
    }

    /// <summary>The location of a path.</summary>
    public static ResourceUri ToUri(ReadOnlySpan<byte> path) => ResourceUri.FromLocalPath(path[..^1]);

    /// <summary>The path of a name in a directory.</summary>
    public static byte[] Join(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name)
    {
        var parent = directory[..^1];
        return parent.SequenceEqual("/"u8) ? [.. parent, .. name, 0] : [.. parent, (byte)'/', .. name, 0];
    }

    /// <summary>The directory a path lies in.</summary>
    public static byte[] Parent(ReadOnlySpan<byte> path)
    {
        var slash = path.LastIndexOf((byte)'/');
        return slash <= 0 ? "/\0"u8.ToArray() : [.. path[..slash], 0];
    }

    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];
}
