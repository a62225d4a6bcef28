using Blaze.Storage.Adapters.Resilience.Calls;
using Blaze.Storage.Adapters.Resilience.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience;

/// <content>Writing, copying and removing.</content>
public sealed partial class RetryingStore
{
    /// <inheritdoc/>
    public async Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        var call = _calls.Moving(uri, content.Length);
        try
        {
            return await _calls.RunAsync(call, attempt => _inner.PutAsync(uri, content, mode, attempt.Token), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException refusal) when (call.MayHaveHappened && IsRefusalByMode(refusal))
        {
            if (await OwnWrite.FindAsync(this, uri, content, cancellationToken).ConfigureAwait(false) is { } written)
                return written;
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken)
    {
        var upload = await _calls.RunAsync(
            _calls.Small(uri), attempt => _inner.OpenMultipartAsync(uri, mode, attempt.Token), cancellationToken, late: DisposeLate).ConfigureAwait(false);
        return new RetryingUpload(this, upload, uri, _calls);
    }

    /// <inheritdoc/>
    public async Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken)
    {
        var upload = await _calls.RunAsync(
            _calls.Small(uri), attempt => _inner.ResumeMultipartAsync(uri, id, mode, attempt.Token), cancellationToken, late: late => late.Leave()).ConfigureAwait(false);
        return new RetryingUpload(this, upload, uri, _calls);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        // Once an answer is lost it is too late to find out whether there was something.
        var existed = await ExistsAsync(uri, cancellationToken).ConfigureAwait(false);
        var call = _calls.Small(uri);
        var deleted = await _calls.RunAsync(call, attempt => _inner.DeleteAsync(uri, attempt.Token), cancellationToken).ConfigureAwait(false);
        return deleted || (call.MayHaveHappened && existed);
    }

    /// <inheritdoc/>
    public async Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken)
    {
        var info = await StatAsync(source, cancellationToken).ConfigureAwait(false);
        // What lies there before the first attempt is no copy of this call, even if it has the same content.
        if (await ExistsAsync(target, cancellationToken).ConfigureAwait(false))
            throw ObjectStoreException.AlreadyExists(target);
        var call = _calls.Completing(source, info.Length);
        try
        {
            await _calls.RunAsync(call, async attempt =>
            {
                await _inner.CopyIfAbsentAsync(source, target, attempt.Token).ConfigureAwait(false);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException refusal) when (call.MayHaveHappened && IsRefusalByMode(refusal))
        {
            if (!await OwnWrite.IsCopyAsync(this, info, target, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private static bool IsRefusalByMode(ObjectStoreException failure) =>
        failure.Kind is ObjectStoreErrorKind.AlreadyExists or ObjectStoreErrorKind.PreconditionFailed;

    private async Task<bool> ExistsAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        try
        {
            await StatAsync(uri, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return false;
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.PermissionDenied or ObjectStoreErrorKind.Unsupported)
        {
            // What may not be looked at may still be removed; there is something, or there would be nothing to protect.
            return true;
        }
    }

    // Nobody knows of this upload, so nobody is told either where it cannot be aborted; stores clear such uploads away.
    private static void DisposeLate(IMultipartUpload upload) => _ = DisposeQuietlyAsync(upload);

    private static async Task DisposeQuietlyAsync(IMultipartUpload upload) =>
        await upload.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
