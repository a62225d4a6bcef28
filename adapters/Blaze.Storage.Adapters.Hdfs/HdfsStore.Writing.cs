using System.Buffers;
using Blaze.Storage.Adapters.Hdfs.WebHdfs;
using Blaze.Storage.Adapters.Hdfs.Writing;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs;

/// <content>Writing, copying and removing.</content>
public sealed partial class HdfsStore
{
    /// <inheritdoc/>
    public async Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        await using var staged = await StagedFile.CreateAsync(_client, _timeProvider, FileAt(uri), Upload.Of(content), cancellationToken).ConfigureAwait(false);
        return await staged.PublishAsync(mode, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        HdfsMultipartUpload.OpenAsync(_client, _timeProvider, FileAt(uri), mode, cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        HdfsMultipartUpload.ResumeAsync(_client, _timeProvider, FileAt(uri), id, mode, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken)
    {
        var at = FileAt(uri);
        try
        {
            // HDFS would remove an empty directory.
            var status = await _client.StatusAsync(at, cancellationToken).ConfigureAwait(false);
            return !status.IsDirectory ? await _client.DeleteAsync(at, recursive: false, cancellationToken).ConfigureAwait(false) : throw HdfsErrors.IsDirectory(uri);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>Copies a file through this process: HDFS has no copy of its own.</summary>
    /// <inheritdoc/>
    public async Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken)
    {
        var at = FileAt(target);
        using var reader = await OpenAsync(source, null, cancellationToken).ConfigureAwait(false);
        if (await ExistsAsync(at, cancellationToken).ConfigureAwait(false))
            throw ObjectStoreException.AlreadyExists(target);
        var content = new Upload(reader.Info.Length, (stream, token) => PassOnAsync(reader, stream, token));
        await using var staged = await StagedFile.CreateAsync(_client, _timeProvider, at, content, cancellationToken).ConfigureAwait(false);
        await reader.VerifyAsync(cancellationToken).ConfigureAwait(false);
        await staged.PublishAsync(PutMode.Create, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ExistsAsync(HdfsLocation at, CancellationToken cancellationToken)
    {
        try
        {
            await _client.StatusAsync(at, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return false;
        }
    }

    private static async Task PassOnAsync(IRangeReader reader, Stream target, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reader.ReadSize);
        try
        {
            for (var offset = 0L; offset < reader.Info.Length;)
            {
                var read = await reader.ReadAsync(offset, buffer.AsMemory(0, reader.ReadSize), cancellationToken).ConfigureAwait(false);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
