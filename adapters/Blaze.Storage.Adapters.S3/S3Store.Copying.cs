using Amazon.S3.Model;
using Blaze.Storage.Adapters.S3.Connection;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <content>Copying.</content>
public sealed partial class S3Store
{
    /// <summary>S3 copies up to 5 GiB with one request, which answers only when it is done; pieces of this size answer in time.</summary>
    internal long CopySize { get; init; } = 256L * 1024 * 1024;

    /// <summary>Copies within the service, larger objects part by part; their copies have another version.</summary>
    /// <inheritdoc/>
    public async Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken)
    {
        var (from, to) = (S3Location.OfObject(source), S3Location.OfObject(target));
        var version = (await HeadAsync(from, null, cancellationToken).ConfigureAwait(false)).Version;
        await CheckAsync(to, PutMode.Create, cancellationToken).ConfigureAwait(false);
        try
        {
            await (version.Length <= CopySize ? CopyAtOnceAsync(from, version, to, cancellationToken) : CopyInPartsAsync(from, version, to, cancellationToken))
                .ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.AlreadyExists or ObjectStoreErrorKind.PreconditionFailed or ObjectStoreErrorKind.NotFound)
        {
            // Both objects have a condition, and the service does not say which one failed.
            throw await FindAsync(to, cancellationToken).ConfigureAwait(false) is not null
                ? ObjectStoreException.AlreadyExists(target)
                : ObjectStoreException.Changed(source);
        }
    }

    private Task<CopyObjectResponse> CopyAtOnceAsync(S3Location from, S3Version version, S3Location to, CancellationToken cancellationToken)
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = from.Bucket,
            SourceKey = from.Key,
            ETagToMatch = version.Quoted,
            DestinationBucket = to.Bucket,
            DestinationKey = to.Key,
            IfNoneMatch = "*",
        };
        return _connection.CallAsync(
            to, CallPurpose.Create, (client, deadline) => client.CopyObjectAsync(request, deadline.Token), cancellationToken, S3Connection.PatienceForWork);
    }

    private async Task CopyInPartsAsync(S3Location from, S3Version version, S3Location to, CancellationToken cancellationToken)
    {
        var upload = await OpenUploadAsync(to, PutMode.Create, cancellationToken).ConfigureAwait(false);
        await using (upload.ConfigureAwait(false))
        {
            var parts = checked((int)((version.Length + CopySize - 1) / CopySize));
            var options = new ParallelOptions { MaxDegreeOfParallelism = ObjectStoreExtensions.ConcurrentReads, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, parts, options, async (number, token) =>
            {
                var offset = number * CopySize;
                await upload.CopyPartAsync(number, from, version, offset, Math.Min(CopySize, version.Length - offset), token).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
