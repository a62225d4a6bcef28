using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3.Comparison;

/// <summary>
/// Reads an object with the SDK and nothing else, ranges of one size one after the other in a few loops: what a program would reach
/// that does nothing with the bytes. For benchmarks.
/// </summary>
public sealed class SdkDownload : IDisposable
{
    private readonly AmazonS3Client _client;

    /// <summary>Makes a client with the SDK's own settings, but for the address and checksums that stores other than AWS refuse.</summary>
    public SdkDownload(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.GetLeftPart(UriPartial.Authority);
            config.AuthenticationRegion = options.Region ?? "us-east-1";
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        _client = new AmazonS3Client(config);
    }

    /// <summary>Reads an object from end to end.</summary>
    /// <param name="uri">The object.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="rangeSize">The bytes of one request, each loop's buffer.</param>
    /// <param name="loops">How many requests are under way at once.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ObjectStoreException">A range could not be read.</exception>
    public async Task RunAsync(ResourceUri uri, long length, int rangeSize, int loops, CancellationToken cancellationToken)
    {
        var next = -1L;
        await Task.WhenAll(Enumerable.Range(0, loops).Select(_ => Task.Run(
            async () =>
            {
                var buffer = GC.AllocateUninitializedArray<byte>(rangeSize);
                while (Interlocked.Increment(ref next) * rangeSize is var start && start < length)
                    await ReadAsync(uri, start, buffer.AsMemory(0, (int)Math.Min(rangeSize, length - start)), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task ReadAsync(ResourceUri uri, long start, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var location = S3Location.OfObject(uri);
        var request = new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, ByteRange = new ByteRange(start, start + buffer.Length - 1) };
        try
        {
            using var response = await _client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
            await response.ResponseStream.ReadExactlyAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or IOException or WebException)
        {
            throw new ObjectStoreException(ObjectStoreErrorKind.Other, $"'{uri.Display}' could not be read by the SDK alone: {failure.Message.TrimEnd('.')}.", uri.Scheme, uri, failure);
        }
    }
}
