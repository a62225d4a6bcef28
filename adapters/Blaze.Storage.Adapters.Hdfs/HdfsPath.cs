using System.Text;
using System.Text.Unicode;
using Blaze.Storage.Adapters.Hdfs.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <summary>Paths as HDFS takes them: UTF-8 text without empty, <c>.</c> and <c>..</c> segments and without colons.</summary>
internal static class HdfsPath
{
    private const int LongestName = 255;

    /// <summary>The path of a file's location.</summary>
    /// <exception cref="ObjectStoreException">HDFS cannot have it (InvalidPath).</exception>
    public static string OfFile(ResourceUri uri) => Checked(uri, uri.PathBytes());

    /// <summary>The path of a location that others lie below; a slash at its end changes nothing.</summary>
    public static string OfDirectory(ResourceUri uri)
    {
        var path = uri.PathBytes().AsSpan();
        return path.SequenceEqual("/"u8) ? "/" : Checked(uri, path.EndsWith("/"u8) ? path[..^1] : path);
    }

    private static string Checked(ResourceUri uri, ReadOnlySpan<byte> path)
    {
        if (path.SequenceEqual("/"u8))
            throw Invalid(uri, "it is the root directory, and no file");
        if (!Utf8.IsValid(path))
            throw Invalid(uri, "HDFS keeps names as UTF-8 text, and this one is none");
        foreach (var range in path[1..].Split((byte)'/'))
        {
            var segment = path[1..][range];
            if (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8))
                throw Invalid(uri, "HDFS refuses paths with empty, '.' and '..' parts");
            if (segment.Contains((byte)':'))
                throw Invalid(uri, "HDFS refuses names that hold a colon");
            if (segment.Length > LongestName)
                throw Invalid(uri, "a name in it is longer than 255 bytes, the most HDFS takes");
            if (TemporaryName.Is(Encoding.UTF8.GetString(segment)))
                throw Invalid(uri, "names that start like this one are kept for files that are being written");
        }

        return Encoding.UTF8.GetString(path);
    }

    private static ObjectStoreException Invalid(ResourceUri uri, string problem) =>
        new(ObjectStoreErrorKind.InvalidPath, $"'{uri.Display}' cannot be used as a location: {problem}.", uri.Scheme, uri);
}
