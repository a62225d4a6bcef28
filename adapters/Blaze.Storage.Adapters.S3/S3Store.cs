using System.Collections.Concurrent;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Blaze.Storage.Adapters.S3.Connection;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <summary>
/// Objects in S3, at <c>s3://bucket/key</c>: the key is the path after its first slash, byte for byte, at most 1,024 bytes of
/// UTF-8. A version is ETag and length, so content that is put again unchanged keeps its version. Every read is conditional on
/// the ETag, and where the bucket keeps versions also on the version id that the first answer named.
/// <para>
/// A put of one piece is atomic in every mode, by the service's conditional writes. Creating, completing an upload in parts and
/// copying first look whether they may, and send the condition along; where a service ignores it, another writer in the moment
/// between the two is overwritten. Ceph up to 18 ignores it in completions and copies, and in buckets that keep versions also when
/// creating; updating is Unsupported in those.
/// </para>
/// <para>
/// Nothing is tried again here. A connection that is refused, cut or idle for too long, a truncated answer, 5xx and 429 are
/// Transient. The client is made, and keys are looked for, with the first call.
/// </para>
/// </summary>
public sealed partial class S3Store : IObjectStore, IDisposable
{
    /// <summary>The scheme of its locations.</summary>
    public const string S3Scheme = "s3";

    private readonly S3Options _options;
    private readonly S3Connection _connection;
    private readonly ConcurrentDictionary<string, bool> _knownBuckets = new(StringComparer.Ordinal);

    /// <summary>Creates the store; nothing is contacted yet.</summary>
    /// <param name="options">How to reach the service.</param>
    /// <param name="timeProvider">What timeouts are measured by.</param>
    /// <exception cref="Blaze.Storage.Core.BlazeException">The options are not valid.</exception>
    public S3Store(S3Options options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _connection = new S3Connection(options, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Scheme => S3Scheme;

    /// <summary>
    /// True once an endpoint or a region is given: without either the SDK would find out by itself, for which it asks the machine's own metadata address.
    /// </summary>
    /// <inheritdoc/>
    public bool IsAtConfiguredEndpoint(ResourceUri uri) => _options.Endpoint is not null || _options.Region is not null;

    internal S3Connection Connection => _connection;

    /// <inheritdoc/>
    public async Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) =>
        (await HeadAsync(S3Location.OfObject(uri), null, cancellationToken).ConfigureAwait(false)).Version.InfoOf(uri);

    /// <summary>Opens an object. With <paramref name="ifMatch"/> nothing is asked: the first read shows whether it still is that version.</summary>
    /// <inheritdoc/>
    public async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var location = S3Location.OfObject(uri);
        if (ifMatch is not null)
        {
            var planned = S3Version.TryParse(ifMatch, out var version) ? version.Value : throw ObjectStoreException.Changed(uri);
            return new S3RangeReader(this, location, planned, null, isChecked: false, _options.ReadSize);
        }

        var found = await HeadAsync(location, null, cancellationToken).ConfigureAwait(false);
        return new S3RangeReader(this, location, found.Version, found.VersionId, isChecked: true, _options.ReadSize);
    }

    /// <summary>S3 does not say where its bytes lie: always empty.</summary>
    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, Core.Chunks.ByteRange range, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LocatedRange>>([]);

    /// <summary>Closes the connections; no call may be under way.</summary>
    public void Dispose() => _connection.Dispose();

    /// <summary>What there is at a location.</summary>
    /// <param name="location">The object.</param>
    /// <param name="ifMatch">The version it must have (else PreconditionFailed), or null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<FoundObject> HeadAsync(S3Location location, S3Version? ifMatch, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = location.Bucket, Key = location.Key, EtagToMatch = ifMatch?.Quoted };
        var response = await _connection.CallAsync(
            location,
            CallPurpose.Read,
            async (client, deadline) =>
            {
                try
                {
                    return await client.GetObjectMetadataAsync(request, deadline.Token).ConfigureAwait(false);
                }
                catch (AmazonS3Exception answer) when (S3Errors.SaysTooLittle(answer) || (answer.StatusCode == HttpStatusCode.NotFound && !IsKnown(location)))
                {
                    await AskForReasonAsync(client, location, deadline).ConfigureAwait(false);
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
        _knownBuckets[location.Bucket] = true;
        return new FoundObject(S3Version.Of(response.ETag, response.ContentLength), VersionIdOf(response.VersionId));
    }

    /// <summary>As <see cref="HeadAsync"/>, null where there is nothing.</summary>
    internal async Task<FoundObject?> FindAsync(S3Location location, CancellationToken cancellationToken)
    {
        try
        {
            return await HeadAsync(location, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound && IsKnown(location))
        {
            return null;
        }
    }

    /// <summary>The id as a request may name it: buckets without versions answer "null".</summary>
    internal static string? VersionIdOf(string? answered) => string.IsNullOrEmpty(answered) || answered == "null" ? null : answered;

    private bool IsKnown(S3Location location) => _knownBuckets.ContainsKey(location.Bucket);

    // The answer to HEAD has no body, where the reason would be; the answer to GET has one.
    private async Task AskForReasonAsync(IAmazonS3 client, S3Location location, Deadline deadline)
    {
        try
        {
            var request = new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, ByteRange = new ByteRange(0, 0) };
            using var response = await client.GetObjectAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (AmazonS3Exception reason) when (reason.ErrorCode == "NoSuchKey")
        {
            _knownBuckets[location.Bucket] = true;
            throw;
        }
    }

    /// <summary>What a HEAD found.</summary>
    internal readonly record struct FoundObject(S3Version Version, string? VersionId);
}
