using System.Globalization;
using System.Net;
using Amazon.S3.Model;
using Blaze.Storage.Adapters.S3.Connection;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <summary>Reads ranges of one version, each with a request of its own and straight into the caller's buffer.</summary>
internal sealed class S3RangeReader(S3Store store, S3Location location, S3Version version, string? versionId, bool isChecked, int readSize) : IRangeReader
{
    private volatile string? _versionId = versionId;
    private volatile bool _mayNameVersion = true;
    private volatile bool _isChecked = isChecked;
    private long _remoteBytes;

    public ResourceInfo Info { get; } = version.InfoOf(location.Uri);

    public int ReadSize => readSize;

    public long RemoteBytes => Interlocked.Read(ref _remoteBytes);

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var wanted = buffer[..(int)Math.Clamp(Info.Length - offset, 0, buffer.Length)];
        if (wanted.IsEmpty)
            return 0;
        var pinned = _mayNameVersion ? _versionId : null;
        try
        {
            await ReadAsync(offset, wanted, pinned, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.PermissionDenied && pinned is not null)
        {
            // Naming a version takes a right of its own. The ETag alone is as good while the object is not replaced.
            _mayNameVersion = false;
            await ReadAsync(offset, wanted, null, cancellationToken).ConfigureAwait(false);
        }

        return wanted.Length;
    }

    /// <summary>Every read is conditional, so there is something to ask only where nothing was read.</summary>
    public async ValueTask VerifyAsync(CancellationToken cancellationToken)
    {
        if (_isChecked)
            return;
        try
        {
            await store.HeadAsync(location, version, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            throw ObjectStoreException.Changed(location.Uri);
        }

        _isChecked = true;
    }

    public void Dispose()
    {
    }

    private async Task ReadAsync(long offset, Memory<byte> buffer, string? pinned, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = location.Bucket,
            Key = location.Key,
            ByteRange = new ByteRange(offset, offset + buffer.Length - 1),
            EtagToMatch = version.Quoted,
            VersionId = pinned,
        };
        try
        {
            await store.Connection.CallAsync(
                location,
                CallPurpose.Read,
                async (client, deadline) =>
                {
                    using var response = await client.GetObjectAsync(request, deadline.Token).ConfigureAwait(false);
                    Check(response, offset, buffer.Length);
                    await FillAsync(response.ResponseStream, buffer, deadline).ConfigureAwait(false);
                    _versionId ??= S3Store.VersionIdOf(response.VersionId);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            throw ObjectStoreException.Changed(location.Uri);
        }

        _isChecked = true;
        Interlocked.Add(ref _remoteBytes, buffer.Length);
    }

    // Nothing but the very bytes asked for is taken as data.
    private void Check(GetObjectResponse response, long offset, int length)
    {
        if (response.HttpStatusCode != HttpStatusCode.PartialContent)
            throw S3Errors.Make(ObjectStoreErrorKind.Unsupported, location, CallPurpose.Read, "the service does not give parts of objects; check the endpoint");
        if (S3Version.Of(response.ETag, version.Length) != version)
            throw ObjectStoreException.Changed(location.Uri);
        var expected = string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{offset + length - 1}/{version.Length}");
        if (response.ContentRange != expected || response.ContentLength != length)
            throw S3Errors.Make(ObjectStoreErrorKind.Transient, location, CallPurpose.Read, "the service answered with other bytes than it was asked for; try again later");
    }

    private async Task FillAsync(Stream body, Memory<byte> buffer, Deadline deadline)
    {
        while (!buffer.IsEmpty)
        {
            var read = await body.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
            if (read == 0)
                throw S3Errors.Make(ObjectStoreErrorKind.Transient, location, CallPurpose.Read, "the service's answer was not complete; try again later");
            deadline.Touch();
            buffer = buffer[read..];
        }
    }
}
