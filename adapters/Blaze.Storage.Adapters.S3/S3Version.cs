using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <summary>
/// The version token of an object, <c>etag:length</c>. Every answer of S3 that speaks of an object carries these two, listings
/// included, so they all give the same token; a bucket's own version ids would be in some of them only.
/// </summary>
internal readonly record struct S3Version(string ETag, long Length)
{
    /// <summary>The ETag between quotes, as HTTP spells it.</summary>
    public string Quoted => $"\"{ETag}\"";

    /// <summary>The version of an ETag in any spelling.</summary>
    public static S3Version Of(string? eTag, long length) => new((eTag ?? "").Trim('"'), length);

    /// <summary>Reads a token; false for text that is no version of this store, and so of no object.</summary>
    public static bool TryParse(string token, [NotNullWhen(true)] out S3Version? version)
    {
        var colon = token.LastIndexOf(':');
        var valid = long.TryParse(token.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && colon > 0;
        version = valid ? new S3Version(token[..colon], length) : null;
        return valid;
    }

    public ResourceInfo InfoOf(ResourceUri uri) => new(uri, Length, ToString());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ETag}:{Length}");
}
