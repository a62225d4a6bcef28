using System.Net;
using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>Makes refusals and broken connections into sentences and kinds.</summary>
internal static class HdfsErrors
{
    /// <summary>A node refused.</summary>
    /// <param name="refusal">What it said.</param>
    /// <param name="node">Its name, as the message shows it.</param>
    /// <param name="location">What was asked for.</param>
    /// <param name="writes">Whether it was asked to change something.</param>
    public static ObjectStoreException Refused(RemoteException refusal, string node, HdfsLocation location, bool writes)
    {
        var uri = location.Uri;
        var verb = writes ? "written" : "read";
        return refusal.Name switch
        {
            "FileNotFoundException" or "PathNotFoundException" => new ObjectStoreException(
                ObjectStoreErrorKind.NotFound, $"'{uri.Display}' does not exist; check the name, and that this user can see it.", uri.Scheme, uri, refusal),
            "ParentNotDirectoryException" => NotBelowAFile(refusal, uri, writes),
            "AccessControlException" when refusal.Message.Contains("is not a directory", StringComparison.Ordinal) => NotBelowAFile(refusal, uri, writes),
            "AccessControlException" or "AuthorizationException" or "SnapshotAccessControlException" => Of(
                ObjectStoreErrorKind.PermissionDenied, uri, $"may not be {verb} by this user; the cluster says '{refusal.Message}'", refusal),
            "FileAlreadyExistsException" => new ObjectStoreException(
                ObjectStoreErrorKind.AlreadyExists, $"'{uri.Display}' already exists; remove it first or choose another name.", uri.Scheme, uri, refusal),
            "SecurityException" or "InvalidToken" or "AuthenticationException" => Unknown(refusal, uri, verb),
            "UnsupportedOperationException" => Of(
                ObjectStoreErrorKind.Unsupported, uri, $"cannot be {verb} that way in this cluster; it says '{refusal.Message}'", refusal),
            "IllegalArgumentException" or "HadoopIllegalArgumentException" or "InvalidPathException" or "PathComponentTooLongException" => Of(
                ObjectStoreErrorKind.InvalidPath, uri, $"cannot be {verb}: the cluster does not take the name; it says '{refusal.Message}'", refusal),
            "QuotaExceededException" or "DSQuotaExceededException" or "NSQuotaExceededException" or "ClusterStorageCapacityExceededException" => Of(
                ObjectStoreErrorKind.Other, uri, $"cannot be written: a quota is used up; free some space or choose another place (the cluster says '{refusal.Message}')", refusal),
            "SafeModeException" => Of(
                ObjectStoreErrorKind.Transient, uri, "cannot be written now: the cluster is in safe mode; try again when it has left it", refusal),
            "StandbyException" or "RetriableException" => Of(
                ObjectStoreErrorKind.Transient, uri, $"cannot be {verb} now: '{node}' is not the active one; try again", refusal),
            "IOException" when refusal.Message.Contains("must both be", StringComparison.Ordinal) => IsDirectory(uri, refusal),
            "" => Unnamed(refusal, node, uri, verb),
            _ when IsPassing(refusal) => Of(
                ObjectStoreErrorKind.Transient, uri, $"cannot be {verb} now: '{node}' says '{refusal.Message}' ({refusal.Name}); try again", refusal),
            _ => Of(ObjectStoreErrorKind.Other, uri, $"cannot be {verb}: '{node}' says '{refusal.Message}' ({refusal.Name})", refusal),
        };
    }

    /// <summary>A node could not be talked to.</summary>
    public static ObjectStoreException Unreached(NodeException failure, string node, HdfsLocation location) => Of(
        failure.IsLasting ? ObjectStoreErrorKind.Other : ObjectStoreErrorKind.Transient,
        location.Uri,
        $"cannot be reached: '{node}' {failure.Message}; {(failure.IsLasting ? "check the settings for HDFS" : "try again when it does")}",
        failure);

    /// <summary>No name node answered for its cluster.</summary>
    /// <param name="problems">Each name node with its problem.</param>
    /// <param name="location">What was asked for.</param>
    /// <param name="last">The last failure.</param>
    public static ObjectStoreException NoNameNode(IReadOnlyList<string> problems, HdfsLocation location, Exception last) => Of(
        last is NodeException { IsLasting: true } ? ObjectStoreErrorKind.Other : ObjectStoreErrorKind.Transient,
        location.Uri,
        $"cannot be reached: {string.Join(" and ", problems)}; check the name nodes and the network",
        last);

    /// <summary>A node's answer that is none of this protocol.</summary>
    public static ObjectStoreException Strange(string node, HdfsLocation location) => Of(
        ObjectStoreErrorKind.Other, location.Uri, $"cannot be reached: '{node}' does not answer as WebHDFS does; check that it is the HTTP port of a name node or HttpFS");

    public static ObjectStoreException IsDirectory(ResourceUri uri, Exception? cause = null) => Of(ObjectStoreErrorKind.InvalidPath, uri, "is a directory; name a file", cause);

    public static ObjectStoreException NotAFile(FileStatus status, ResourceUri uri) => status.IsDirectory
        ? IsDirectory(uri)
        : Of(ObjectStoreErrorKind.Unsupported, uri, "is a symbolic link, which WebHDFS does not follow; name what it leads to");

    public static ObjectStoreException Of(ObjectStoreErrorKind kind, ResourceUri uri, string problem, Exception? cause = null) =>
        new(kind, $"'{uri.Display}' {problem}.", uri.Scheme, uri, cause);

    // Nothing lies below a file; but nothing can be put there either.
    private static ObjectStoreException NotBelowAFile(RemoteException refusal, ResourceUri uri, bool writes) => writes
        ? Of(ObjectStoreErrorKind.InvalidPath, uri, "cannot be written: a part of its path is a file, not a directory", refusal)
        : new ObjectStoreException(ObjectStoreErrorKind.NotFound, $"'{uri.Display}' does not exist; a part of its path is a file.", uri.Scheme, uri, refusal);

    private static ObjectStoreException Unknown(RemoteException refusal, ResourceUri uri, string verb) => Of(
        ObjectStoreErrorKind.Unauthenticated,
        uri,
        $"cannot be {verb}: the cluster does not know who asks; give a user, a valid delegation token or a Kerberos ticket"
            + (refusal.Message.Length > 0 ? $" (it says '{refusal.Message}')" : ""),
        refusal);

    private static ObjectStoreException Unnamed(RemoteException refusal, string node, ResourceUri uri, string verb) => refusal.Status switch
    {
        HttpStatusCode.Unauthorized => Unknown(refusal, uri, verb),
        HttpStatusCode.Forbidden => Of(ObjectStoreErrorKind.PermissionDenied, uri, $"may not be {verb} by this user: '{node}' refuses", refusal),
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new ObjectStoreException(
            ObjectStoreErrorKind.Transient, $"'{uri.Display}' cannot be {verb} now: '{node}' is overloaded; try again later.", uri.Scheme, uri, refusal)
        {
            IsThrottled = true,
            RetryAfter = refusal.RetryAfter,
        },
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Of(
            ObjectStoreErrorKind.Transient, uri, $"cannot be {verb} now: '{node}' answers with status {(int)refusal.Status}; try again", refusal),
        _ => Of(
            ObjectStoreErrorKind.Other,
            uri,
            $"cannot be {verb}: '{node}' answers with status {(int)refusal.Status}, not as WebHDFS does; check that it is the HTTP port of a name node or HttpFS",
            refusal),
    };

    // A data node reports whatever befell it on the way to the blocks as some kind of IOException.
    private static bool IsPassing(RemoteException refusal) => refusal.Status >= HttpStatusCode.InternalServerError
        || refusal.Name is "AlreadyBeingCreatedException" or "LeaseExpiredException" or "RecoveryInProgressException" or "NotReplicatedYetException"
            or "BlockMissingException" or "ConnectException" or "NoRouteToHostException" or "SocketException" or "EOFException" or "RemoteException"
        || refusal.Name.EndsWith("IOException", StringComparison.Ordinal)
        || refusal.Name.EndsWith("TimeoutException", StringComparison.Ordinal);
}
