using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Blaze.Storage.Adapters.S3.Connection;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <content>Listing.</content>
public sealed partial class S3Store
{
    /// <summary>
    /// The objects whose keys start with the location's key and a slash, page by page. Below a location that itself ends in a
    /// slash is what its key begins. A bucket that does not exist is NotFound.
    /// </summary>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        ListAsync(prefix, filter, null, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken) =>
        ListAsync(prefix, filter, S3Location.Of(after).Key, cancellationToken);

    private async IAsyncEnumerable<ResourceInfo> ListAsync(
        ResourceUri prefix, ListFilter? filter, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var location = S3Location.Of(prefix);
        var below = location.Key.Length == 0 || location.Key.EndsWith('/') ? location.Key : location.Key + "/";
        var request = new ListObjectsV2Request { BucketName = location.Bucket, Prefix = below, StartAfter = after, Encoding = EncodingType.Url };
        do
        {
            var page = await _connection.CallAsync(
                location with { Key = "" }, CallPurpose.List, (client, deadline) => client.ListObjectsV2Async(request, deadline.Token), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                var key = page.Encoding == EncodingType.Url ? WebUtility.UrlDecode(found.Key) : found.Key;
                if (key == location.Key)
                    continue;
                var uri = S3Location.UriOf(location.Bucket, key);
                if (filter?.Takes(uri) != false)
                    yield return S3Version.Of(found.ETag, found.Size ?? 0).InfoOf(uri);
            }

            request.ContinuationToken = NextPage(page, request, location);
        }
        while (request.ContinuationToken is not null);
    }

    private static string? NextPage(ListObjectsV2Response page, ListObjectsV2Request request, S3Location location)
    {
        if (page.IsTruncated != true)
            return null;
        var next = page.NextContinuationToken;
        return !string.IsNullOrEmpty(next) && next != request.ContinuationToken ? next : throw S3Errors.Make(
            ObjectStoreErrorKind.Other, location, CallPurpose.List, "the service says that there is more and not how to go on; check the endpoint");
    }
}
