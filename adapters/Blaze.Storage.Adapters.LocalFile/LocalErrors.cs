using System.Runtime.InteropServices;
using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile;

/// <summary>Makes the system's error numbers into sentences and kinds.</summary>
internal static class LocalErrors
{
    public static ObjectStoreException Reading(int error, ResourceUri uri) => error switch
    {
        Errno.NoEntry or Errno.NotDirectory => ObjectStoreException.NotFound(uri),
        Errno.StaleHandle => ObjectStoreException.Changed(uri),
        Errno.Access or Errno.NotPermitted => Of(
            ObjectStoreErrorKind.PermissionDenied, uri, "may not be read by this user; give it read permission, and each directory above it search permission"),
        _ => Common(error, uri, "read"),
    };

    public static ObjectStoreException Writing(int error, ResourceUri uri) => error switch
    {
        Errno.Exists => ObjectStoreException.AlreadyExists(uri),
        Errno.NoEntry => ObjectStoreException.NotFound(uri),
        Errno.NotDirectory => Of(ObjectStoreErrorKind.InvalidPath, uri, "cannot be written: a part of its path is a file, not a directory"),
        Errno.ReadOnlyFileSystem => Of(ObjectStoreErrorKind.PermissionDenied, uri, "is on a file system that is mounted read-only; choose another place"),
        Errno.Access or Errno.NotPermitted => Of(
            ObjectStoreErrorKind.PermissionDenied, uri, "may not be written by this user; give write permission for its directory or choose another place"),
        _ => Common(error, uri, "written"),
    };

    /// <summary>A failure of .NET's file calls; on this system it carries the error number.</summary>
    public static ObjectStoreException Reading(IOException failure, ResourceUri uri) => Reading(failure.HResult, uri);

    /// <inheritdoc cref="Reading(IOException, ResourceUri)"/>
    public static ObjectStoreException Writing(IOException failure, ResourceUri uri) => Writing(failure.HResult, uri);

    public static ObjectStoreException NotRegular(FileStatus status, ResourceUri uri) => status.IsDirectory
        ? Of(ObjectStoreErrorKind.InvalidPath, uri, "is a directory; name a file")
        : Of(ObjectStoreErrorKind.Unsupported, uri, $"is not a regular file but {status.TypeName}; copy what it gives into a file first");

    public static ObjectStoreException Bottomless(ResourceUri uri) => Of(
        ObjectStoreErrorKind.Unsupported, uri, "has no length: the system makes up what it holds while it is read; copy what it gives into a file first");

    public static ObjectStoreException LinkCircle(ResourceUri uri) => Of(
        ObjectStoreErrorKind.Other, uri, "is reached through symbolic links that lead in a circle; remove the link, or name the files without it");

    public static ObjectStoreException Of(ObjectStoreErrorKind kind, ResourceUri uri, string problem, Exception? cause = null) =>
        new(kind, $"'{uri.Display}' {problem}.", ResourceUri.FileScheme, uri, cause);

    private static ObjectStoreException Common(int error, ResourceUri uri, string verb) => error switch
    {
        Errno.IsDirectory or Errno.NotEmpty => Of(ObjectStoreErrorKind.InvalidPath, uri, "is a directory; name a file"),
        Errno.NameTooLong => Of(ObjectStoreErrorKind.InvalidPath, uri, "cannot be a file: its name or its path is too long (255 and 4095 bytes)"),
        Errno.Loop => LinkCircle(uri),
        Errno.NoSuchDeviceOrAddress => Of(ObjectStoreErrorKind.Unsupported, uri, "is not a regular file; copy what it gives into a file first"),
        Errno.NoSpace or Errno.QuotaExceeded => Of(ObjectStoreErrorKind.Other, uri, "cannot be written: its disk is full; free some space or choose another place"),
        Errno.TooManyFiles or Errno.TooManyOpenFiles => Of(
            ObjectStoreErrorKind.Other, uri, $"cannot be {verb}: too many files are open; raise the limit (ulimit -n)"),
        _ => Of(ObjectStoreErrorKind.Other, uri, $"cannot be {verb}: the system says '{Marshal.GetPInvokeErrorMessage(error)}'; check the disk it is on"),
    };
}
