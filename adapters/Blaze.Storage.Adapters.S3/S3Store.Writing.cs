using Amazon.S3.Model;
using Blaze.Storage.Adapters.S3.Connection;
using Blaze.Storage.Adapters.S3.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.S3;

/// <content>Writing and removing.</content>
public sealed partial class S3Store
{
    private const string AnyContent = "application/octet-stream";
    private volatile ETagForm _form = ETagForm.Unknown;

    /// <inheritdoc/>
    public async Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        var location = S3Location.OfObject(uri);
        if (mode.IsCreate)
            await CheckAsync(location, mode, cancellationToken).ConfigureAwait(false);
        if (mode.ExpectedVersion is not { } token)
            return await PutAsync(location, content, mode.IsCreate ? CallPurpose.Create : CallPurpose.Write, null, cancellationToken).ConfigureAwait(false);
        var expected = S3Version.TryParse(token, out var version) ? version.Value : throw ObjectStoreException.Changed(uri);
        var (info, form) = await UpdateAsync(
            location, expected, condition => PutAsync(location, content, CallPurpose.Write, condition, cancellationToken), cancellationToken).ConfigureAwait(false);
        _form = form;
        return info;
    }

    /// <inheritdoc/>
    public async Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        await OpenUploadAsync(S3Location.OfObject(uri), mode, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken)
    {
        var location = S3Location.OfObject(uri);
        if (string.IsNullOrEmpty(id))
            throw ObjectStoreException.NotFound(uri);
        var parts = await S3MultipartUpload.ListPartsAsync(_connection, location, id, cancellationToken).ConfigureAwait(false);
        return new S3MultipartUpload(this, location, mode, id, parts);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        var location = S3Location.OfObject(uri);
        if (await FindAsync(location, cancellationToken).ConfigureAwait(false) is null)
            return false;
        var request = new DeleteObjectRequest { BucketName = location.Bucket, Key = location.Key };
        await _connection.CallAsync(
            location, CallPurpose.Write, (client, deadline) => client.DeleteObjectAsync(request, deadline.Token), cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal async Task<S3MultipartUpload> OpenUploadAsync(S3Location location, PutMode mode, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = location.Bucket, Key = location.Key, ContentType = AnyContent };
        var begun = await _connection.CallAsync(
            location, CallPurpose.Write, (client, deadline) => client.InitiateMultipartUploadAsync(request, deadline.Token), cancellationToken).ConfigureAwait(false);
        return new S3MultipartUpload(this, location, mode, begun.UploadId, []);
    }

    /// <summary>
    /// Makes a conditional write. HTTP wants the ETag of a condition in quotes; Ceph takes it only without. Until one form has
    /// worked, a refusal of the first is followed by the second, if the object is the one expected. In any case the service decides.
    /// </summary>
    /// <returns>What the write gave, and the form of the ETag it was made with.</returns>
    internal async Task<(T Result, ETagForm Form)> UpdateAsync<T>(
        S3Location location, S3Version expected, Func<string, Task<T>> write, CancellationToken cancellationToken)
    {
        var known = _form;
        foreach (var form in known == ETagForm.Unknown ? (ETagForm[])[ETagForm.Quoted, ETagForm.Bare] : [known])
        {
            try
            {
                return (await write(form == ETagForm.Bare ? expected.ETag : expected.Quoted).ConfigureAwait(false), form);
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound && IsKnown(location))
            {
                throw ObjectStoreException.Changed(location.Uri);
            }
            catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.PreconditionFailed)
            {
                if ((await FindAsync(location, cancellationToken).ConfigureAwait(false))?.Version != expected)
                    throw;
            }
        }

        throw S3Errors.Make(
            ObjectStoreErrorKind.Unsupported, location, CallPurpose.Write, "the service makes no conditional updates in this bucket, perhaps as it keeps versions; choose another bucket");
    }

    /// <summary>
    /// Looks whether the mode allows a write at all. Services refuse by themselves what it forbids, but not all of them everywhere.
    /// </summary>
    internal async Task CheckAsync(S3Location location, PutMode mode, CancellationToken cancellationToken)
    {
        if (!mode.IsCreate && mode.ExpectedVersion is null)
            return;
        var found = await FindAsync(location, cancellationToken).ConfigureAwait(false);
        if (mode.IsCreate && found is not null)
            throw ObjectStoreException.AlreadyExists(location.Uri);
        if (mode.ExpectedVersion is { } expected && found?.Version.ToString() != expected)
            throw ObjectStoreException.Changed(location.Uri);
    }

    private async Task<ResourceInfo> PutAsync(
        S3Location location, ReadOnlyMemory<byte> content, CallPurpose purpose, string? ifMatch, CancellationToken cancellationToken)
    {
        var response = await _connection.CallAsync(
            location,
            purpose,
            async (client, deadline) =>
            {
                using var body = new UploadStream(content, deadline);
                var request = new PutObjectRequest
                {
                    BucketName = location.Bucket,
                    Key = location.Key,
                    InputStream = body,
                    AutoCloseStream = false,
                    ContentType = AnyContent,
                    UseChunkEncoding = false,
                    IfMatch = ifMatch,
                    IfNoneMatch = purpose == CallPurpose.Create ? "*" : null,
                };
                return await client.PutObjectAsync(request, deadline.Token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        _knownBuckets[location.Bucket] = true;
        return S3Version.Of(response.ETag, content.Length).InfoOf(location.Uri);
    }
}
