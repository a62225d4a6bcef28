using System.Text;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <summary>A bucket and a key: the authority of a location, and its path after the first slash, byte for byte.</summary>
internal readonly record struct S3Location(ResourceUri Uri, string Bucket, string Key)
{
    private const int LongestKey = 1024;

    /// <summary>The object at a location.</summary>
    /// <exception cref="ObjectStoreException">InvalidPath: no object can be there.</exception>
    public static S3Location OfObject(ResourceUri uri)
    {
        var location = Of(uri);
        return location.Key.Length > 0 ? location : throw Invalid(uri, "it names a bucket without an object in it");
    }

    /// <summary>A place to list below: perhaps the whole bucket.</summary>
    public static S3Location Of(ResourceUri uri)
    {
        if (uri.Scheme != S3Store.S3Scheme)
            throw Invalid(uri, "this store serves s3:// locations");
        if (uri.Authority.All(c => c == '.'))
            throw Invalid(uri, "its bucket's name is nothing but dots");
        // The SDK reads it as the resource name of an access point, and goes to the server that the name spells.
        if (uri.Authority.Contains(':', StringComparison.Ordinal))
            throw Invalid(uri, "its bucket's name has a colon; the server and its port are settings, and no part of a location");
        var key = uri.PathBytes().AsSpan(1);
        if (key.Length > LongestKey)
            throw Invalid(uri, $"its key is {key.Length} bytes long, and S3 takes 1,024");
        return System.Text.Unicode.Utf8.IsValid(key)
            ? new S3Location(uri, uri.Authority, Encoding.UTF8.GetString(key))
            : throw Invalid(uri, "its key is not valid UTF-8, as S3 wants");
    }

    /// <summary>The location of a key in a bucket.</summary>
    public static ResourceUri UriOf(string bucket, string key) => ResourceUri.Create(S3Store.S3Scheme, bucket, Encoding.UTF8.GetBytes("/" + key));

    private static ObjectStoreException Invalid(ResourceUri uri, string problem) =>
        new(ObjectStoreErrorKind.InvalidPath, $"'{uri.Display}' cannot be used as a location: {problem}.", uri.Scheme, uri);
}
