using System.Buffers;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Writing;

/// <summary>Finds out whether what lies in a store is what a call was to write.</summary>
internal static class OwnWrite
{
    /// <summary>The version that lies there, if it has this content, else null.</summary>
    public static Task<ResourceInfo?> FindAsync(IObjectStore store, ResourceUri uri, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        FindAsync(
            store,
            uri,
            content.Length,
            (offset, piece) => ValueTask.FromResult(piece.Span.SequenceEqual(content.Span.Slice((int)offset, piece.Length))),
            cancellationToken);

    /// <summary>The version that lies there, if it is made of these parts, else null.</summary>
    public static Task<ResourceInfo?> FindAsync(IObjectStore store, ResourceUri uri, IReadOnlyList<PartPrint> parts, CancellationToken cancellationToken)
    {
        var check = new PartCheck(parts);
        return FindAsync(store, uri, parts.Sum(part => part.Length), (_, piece) => ValueTask.FromResult(check.Fits(piece.Span)), cancellationToken);
    }

    /// <summary>Whether a resource has the content of another one's version.</summary>
    public static async Task<bool> IsCopyAsync(IObjectStore store, ResourceInfo source, ResourceUri target, CancellationToken cancellationToken)
    {
        using var original = await store.OpenAsync(source.Uri, source.Version, cancellationToken).ConfigureAwait(false);
        var buffer = Array.Empty<byte>();
        var found = await FindAsync(store, target, source.Length, async (offset, piece) =>
        {
            if (buffer.Length < piece.Length)
                buffer = GC.AllocateUninitializedArray<byte>(piece.Length);
            var read = await original.ReadAsync(offset, buffer.AsMemory(0, piece.Length), cancellationToken).ConfigureAwait(false);
            return piece.Span.SequenceEqual(buffer.AsSpan(0, read));
        }, cancellationToken).ConfigureAwait(false);
        return found is not null;
    }

    private static async Task<ResourceInfo?> FindAsync(
        IObjectStore store, ResourceUri uri, long length, Func<long, ReadOnlyMemory<byte>, ValueTask<bool>> fits, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = await store.OpenAsync(uri, null, cancellationToken).ConfigureAwait(false);
            var isOwn = reader.Info.Length == length && await AllFitAsync(reader, fits, cancellationToken).ConfigureAwait(false);
            return isOwn ? reader.Info : null;
        }
        catch (ObjectStoreException failure) when (failure.Kind is ObjectStoreErrorKind.NotFound or ObjectStoreErrorKind.PreconditionFailed)
        {
            // Somebody removed or replaced it just now: what lies there is not what was to be written.
            return null;
        }
    }

    private static async Task<bool> AllFitAsync(IRangeReader reader, Func<long, ReadOnlyMemory<byte>, ValueTask<bool>> fits, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(reader.ReadSize, reader.Info.Length));
        try
        {
            for (var offset = 0L; offset < reader.Info.Length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(buffer.Length, reader.Info.Length - offset));
                piece = piece[..await reader.ReadAsync(offset, piece, cancellationToken).ConfigureAwait(false)];
                if (!await fits(offset, piece).ConfigureAwait(false))
                    return false;
                offset += piece.Length;
            }

            await reader.VerifyAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
