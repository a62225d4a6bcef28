using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>
/// Copies single files between stores, each all or nothing and of one version: whatever fails, the target is as it was before, but for what
/// is left out of sight to be resumed.
/// </summary>
internal sealed class FileCopy(ObjectStoreRegistry stores, CopyOptions options, PartBuffers buffers, CopyTotals totals)
{
    // Fewer bytes at a time than this are not worth a request of their own.
    private const int SmallestRead = 4 * 1024 * 1024;

    /// <summary>Copies a file.</summary>
    /// <exception cref="ObjectStoreException">As reading and writing; AlreadyExists; PreconditionFailed where the source changed.</exception>
    public async Task RunAsync(ResourceInfo source, ResourceUri target, CancellationToken cancellationToken)
    {
        var store = stores.For(target);
        if (source.Uri == target)
            throw new ObjectStoreException(ObjectStoreErrorKind.InvalidPath, $"'{target.Display}' is both source and target; choose another name.", target.Scheme, target);
        var existing = await FindAsync(store, target, cancellationToken);
        if (options.SkipExisting && existing?.Length == source.Length)
        {
            totals.AddSkipped();
            return;
        }

        if (existing is not null && !options.Overwrite)
            throw ObjectStoreException.AlreadyExists(target);
        if (existing is not null || !await TryCopyInPlaceAsync(store, source, target, cancellationToken))
            await StreamAsync(store, source, target, cancellationToken);
        totals.AddFile();
    }

    /// <summary>Fills a buffer, in reads of the size the store serves well.</summary>
    public static async Task ReadAsync(IRangeReader reader, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var step = Math.Max(reader.ReadSize, SmallestRead);
        for (var done = 0; done < buffer.Length;)
        {
            var piece = buffer.Slice(done, Math.Min(step, buffer.Length - done));
            if (await reader.ReadAsync(offset + done, piece, cancellationToken) != piece.Length)
                throw ObjectStoreException.Changed(reader.Info.Uri);
            done += piece.Length;
        }
    }

    private static async Task<ResourceInfo?> FindAsync(IObjectStore store, ResourceUri uri, CancellationToken cancellationToken)
    {
        try
        {
            return await store.StatAsync(uri, cancellationToken);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.NotFound)
        {
            return null;
        }
    }

    // Within a store the bytes need not come here. A copy that is to be resumable is made of parts.
    private async Task<bool> TryCopyInPlaceAsync(IObjectStore store, ResourceInfo source, ResourceUri target, CancellationToken cancellationToken)
    {
        if (stores.For(source.Uri) != store || options.Overwrite || (options.Journals is not null && source.Length > PartSize.Smallest))
            return false;
        try
        {
            await store.CopyIfAbsentAsync(source.Uri, target, cancellationToken);
        }
        catch (ObjectStoreException failure) when (failure.Kind == ObjectStoreErrorKind.Unsupported)
        {
            return false;
        }

        // Nothing said which version was copied.
        var current = await FindAsync(store, source.Uri, cancellationToken);
        if (current?.Version != source.Version)
        {
            await store.DeleteAsync(target, CancellationToken.None);
            throw ObjectStoreException.Changed(source.Uri);
        }

        await CheckAsync(store, source, await store.StatAsync(target, cancellationToken));
        totals.AddBytes(source.Length);
        return true;
    }

    private async Task StreamAsync(IObjectStore store, ResourceInfo source, ResourceUri target, CancellationToken cancellationToken)
    {
        var mode = options.Overwrite ? PutMode.Overwrite : PutMode.Create;
        using var reader = await stores.For(source.Uri).OpenAsync(source.Uri, source.Version, cancellationToken);
        var written = source.Length > PartSize.Smallest
            ? await new PartCopy(reader, store, target, mode, options, buffers, totals).RunAsync(cancellationToken)
            : await PutAsync(reader, store, target, mode, cancellationToken);
        await CheckAsync(store, source, written);
    }

    private async Task<ResourceInfo> PutAsync(IRangeReader reader, IObjectStore store, ResourceUri target, PutMode mode, CancellationToken cancellationToken)
    {
        using var buffer = await buffers.RentAsync((int)reader.Info.Length, cancellationToken);
        await ReadAsync(reader, 0, buffer.Memory, cancellationToken);
        await reader.VerifyAsync(cancellationToken);
        var written = await store.PutAsync(target, buffer.Memory, mode, cancellationToken);
        totals.AddBytes(reader.Info.Length);
        return written;
    }

    private static async Task CheckAsync(IObjectStore store, ResourceInfo source, ResourceInfo written)
    {
        if (written.Length == source.Length)
            return;
        await store.DeleteAsync(written.Uri, CancellationToken.None);
        throw new ObjectStoreException(
            ObjectStoreErrorKind.Other,
            $"'{written.Uri.Display}' had {written.Length} bytes after it was copied instead of {source.Length}, and was removed; copy it again.",
            written.Uri.Scheme,
            written.Uri);
    }
}
