using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Adapters.LocalFile.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile;

/// <content>Writing, copying and removing.</content>
public sealed partial class LocalFileStore
{
    private const int CopyBufferSize = 1024 * 1024;

    /// <inheritdoc/>
    public async Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        using var staged = await Task.Run(() => Stage(uri, content.Span), cancellationToken).ConfigureAwait(false);
        return await staged.PublishAsync(mode, _flushToDisk, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        Task.Run<IMultipartUpload>(() => LocalMultipartUpload.Create(uri, mode, _flushToDisk, _timeProvider), cancellationToken);

    /// <summary>
    /// Goes on with an upload that was left, or whose process has ended in any way: its parts survive that, and where the store flushes
    /// to disk the end of the machine as well. They are kept for 7 days after the last one.
    /// </summary>
    /// <exception cref="ObjectStoreException">NotFound; Other while another process holds the upload.</exception>
    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        Task.Run<IMultipartUpload>(() => LocalMultipartUpload.Resume(uri, id, mode, _flushToDisk, _timeProvider), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => Task.Run(() => Delete(uri), cancellationToken);

    /// <inheritdoc/>
    public async Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken)
    {
        using var reader = await OpenAsync(source, null, cancellationToken).ConfigureAwait(false);
        using var staged = await Task.Run(() => StagedFile.Create(target), cancellationToken).ConfigureAwait(false);
        await Task.Run(() => Copy(reader, staged, cancellationToken), cancellationToken).ConfigureAwait(false);
        await staged.PublishAsync(PutMode.Create, _flushToDisk, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private static StagedFile Stage(ResourceUri uri, ReadOnlySpan<byte> content)
    {
        var staged = StagedFile.Create(uri);
        try
        {
            staged.Write(0, content);
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    private static void Copy(IRangeReader reader, StagedFile staged, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBufferSize];
        for (var offset = 0L; offset < reader.Info.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = reader.Read(offset, buffer);
            staged.Write(offset, buffer.AsSpan(0, read));
            offset += read;
        }

        reader.Verify();
    }

    private static bool Delete(ResourceUri uri)
    {
        var path = LocalPath.Of(uri);
        var error = FileStatus.Of(path, followLinks: false, out var status);
        if (error == 0 && status.IsDirectory)
            throw LocalErrors.NotRegular(status, uri);
        error = error != 0 ? error : FileCalls.Unlink(path);
        if (error is not (0 or Errno.NoEntry or Errno.NotDirectory))
            throw LocalErrors.Writing(error, uri);
        return error == 0;
    }
}
