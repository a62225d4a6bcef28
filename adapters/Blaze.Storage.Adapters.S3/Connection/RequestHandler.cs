namespace Blaze.Storage.Adapters.S3.Connection;

/// <summary>Corrects what the SDK gets wrong or does too much of; the signatures of its requests stay valid.</summary>
internal sealed class RequestHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Below it, waiting for leave to send the body takes longer than sending it.
    private const int SmallBody = 64 * 1024;

    private static readonly AsyncLocal<string?> BucketOfSlashedKey = new();

    /// <summary>
    /// Marks the requests of the running call as ones for a key that starts with a slash. The SDK signs that slash, and then
    /// drops it from the address.
    /// </summary>
    public static void KeepLeadingSlash(string bucket) => BucketOfSlashedKey.Value = bucket;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (BucketOfSlashedKey.Value is { } bucket && request.RequestUri is { } address)
            request.RequestUri = WithSlash(address, bucket);
        if (request.Content?.Headers.ContentLength <= SmallBody)
            request.Headers.ExpectContinue = false;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // The SDK would send the request there once more, or fail on an address that is not one of AWS.
        response.Headers.Location = null;
        return response;
    }

    // The bucket is named in front of the key, or in the host name.
    private static Uri WithSlash(Uri address, string bucket)
    {
        var before = address.Host.StartsWith(bucket + ".", StringComparison.OrdinalIgnoreCase) ? "/" : $"/{bucket}/";
        return new Uri($"{address.GetLeftPart(UriPartial.Authority)}{before}/{address.PathAndQuery.AsSpan(before.Length)}");
    }
}
