using Amazon.S3.Model;
using Blaze.Storage.Adapters.S3.Connection;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3.Writing;

/// <summary>
/// An upload in parts. Every part but the last must have 5 MiB or more, and there are at most 10,000. The mode is applied on
/// completion as <see cref="S3Store"/> says; where it forbids the completion, the parts are dropped at once.
/// </summary>
internal sealed class S3MultipartUpload(
    S3Store store, S3Location location, PutMode mode, string id, IEnumerable<KeyValuePair<int, UploadedPart>> known) : IMultipartUpload
{
    private const int MostParts = 10_000;
    private readonly UploadedParts _parts = new(known);
    private volatile bool _ended;

    public string Id => id;

    public IReadOnlyCollection<int> Parts => _parts.Numbers;

    private S3Connection Connection => store.Connection;

    public static async Task<Dictionary<int, UploadedPart>> ListPartsAsync(
        S3Connection connection, S3Location location, string id, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<int, UploadedPart>();
        var request = new ListPartsRequest { BucketName = location.Bucket, Key = location.Key, UploadId = id };
        for (var more = true; more;)
        {
            var page = await connection.CallAsync(
                location, CallPurpose.Write, (client, deadline) => client.ListPartsAsync(request, deadline.Token), cancellationToken).ConfigureAwait(false);
            foreach (var part in page.Parts ?? [])
                parts[(part.PartNumber ?? 0) - 1] = new UploadedPart(part.ETag, part.Size ?? 0);
            more = page.IsTruncated == true && page.Parts is { Count: > 0 };
            request.PartNumberMarker = more ? page.Parts![^1].PartNumber?.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        }

        return parts;
    }

    public void Leave() => _ended = true;

    public async Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        CheckNumber(number);
        var response = await Connection.CallAsync(
            location,
            CallPurpose.Write,
            async (client, deadline) =>
            {
                using var body = new UploadStream(content, deadline);
                var request = new UploadPartRequest
                {
                    BucketName = location.Bucket,
                    Key = location.Key,
                    UploadId = id,
                    PartNumber = number + 1,
                    InputStream = body,
                    PartSize = content.Length,
                    UseChunkEncoding = false,
                };
                return await client.UploadPartAsync(request, deadline.Token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        _parts.Set(number, new UploadedPart(response.ETag, content.Length));
    }

    /// <summary>Makes a part of bytes of another object, without reading them here.</summary>
    public async Task CopyPartAsync(int number, S3Location source, S3Version version, long offset, long length, CancellationToken cancellationToken)
    {
        CheckNumber(number);
        var request = new CopyPartRequest
        {
            SourceBucket = source.Bucket,
            SourceKey = source.Key,
            ETagToMatch = [version.Quoted],
            FirstByte = offset,
            LastByte = offset + length - 1,
            DestinationBucket = location.Bucket,
            DestinationKey = location.Key,
            UploadId = id,
            PartNumber = number + 1,
        };
        var response = await Connection.CallAsync(
            location, CallPurpose.Write, (client, deadline) => client.CopyPartAsync(request, deadline.Token), cancellationToken, S3Connection.PatienceForWork)
            .ConfigureAwait(false);
        _parts.Set(number, new UploadedPart(response.ETag, length));
    }

    public async Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        var parts = _parts.Whole();
        try
        {
            await store.CheckAsync(location, mode, cancellationToken).ConfigureAwait(false);
            // S3 completes no upload without parts.
            var info = parts.Count > 0
                ? await PublishAsync(parts, cancellationToken).ConfigureAwait(false)
                : await store.PutAsync(location.Uri, ReadOnlyMemory<byte>.Empty, mode, cancellationToken).ConfigureAwait(false);
            if (parts.Count == 0)
                await AbortAsync(cancellationToken).ConfigureAwait(false);
            _ended = true;
            return info;
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.AlreadyExists or ObjectStoreErrorKind.PreconditionFailed)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task AbortAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return;
        var request = new AbortMultipartUploadRequest { BucketName = location.Bucket, Key = location.Key, UploadId = id };
        try
        {
            await Connection.CallAsync(
                location, CallPurpose.Write, (client, deadline) => client.AbortMultipartUploadAsync(request, deadline.Token), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            // It is gone already, which is what was wanted.
        }

        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AbortAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // The parts stay out of sight until the bucket's own rules clear them away; the failure that led here matters more.
        }
    }

    private void CheckNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ObjectDisposedException.ThrowIf(_ended, this);
        if (number >= MostParts)
            throw S3Errors.Make(ObjectStoreErrorKind.Unsupported, location, CallPurpose.Write, "S3 takes at most 10,000 parts; write larger ones");
    }

    private async Task<ResourceInfo> PublishAsync(IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken)
    {
        if (mode.ExpectedVersion is not { } token || !S3Version.TryParse(token, out var expected))
            return await CompleteAsync(parts, null, cancellationToken).ConfigureAwait(false);
        return (await store.UpdateAsync(
            location, expected.Value, condition => CompleteAsync(parts, condition, cancellationToken), cancellationToken).ConfigureAwait(false)).Result;
    }

    private async Task<ResourceInfo> CompleteAsync(IReadOnlyList<UploadedPart> parts, string? ifMatch, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = location.Bucket,
            Key = location.Key,
            UploadId = id,
            PartETags = UploadedParts.TagsOf(parts),
            IfMatch = ifMatch,
            IfNoneMatch = mode.IsCreate ? "*" : null,
        };
        var expected = UploadedParts.ExpectedVersion(parts);
        try
        {
            var response = await Connection.CallAsync(
                location,
                mode.IsCreate ? CallPurpose.Create : CallPurpose.Write,
                (client, deadline) => client.CompleteMultipartUploadAsync(request, deadline.Token),
                cancellationToken,
                S3Connection.PatienceForWork).ConfigureAwait(false);
            if (!string.IsNullOrEmpty(response.ETag))
                return S3Version.Of(response.ETag, parts.Sum(part => part.Length)).InfoOf(location.Uri);
            return (expected ?? (await store.HeadAsync(location, null, cancellationToken).ConfigureAwait(false)).Version).InfoOf(location.Uri);
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.Transient && expected is not null)
        {
            // The answer to an earlier completion may have been lost.
            if (failure.IsThrottled || (await store.FindAsync(location, cancellationToken).ConfigureAwait(false))?.Version != expected)
                throw;
            return expected.Value.InfoOf(location.Uri);
        }
    }
}
