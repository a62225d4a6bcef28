using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>
/// Parts are written behind one another as they come; where that is the order of their numbers, the file is published as it
/// is, else it is copied in order first.
/// </summary>
internal sealed class LocalMultipartUpload(StagedFile staged, ResourceUri target, PutMode mode, bool flushToDisk, TimeProvider timeProvider)
    : IMultipartUpload
{
    private const int CopyBufferSize = 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, ByteRange> _parts = [];
    private long _end;
    private bool _ended;

    public string Id => "";

    public IReadOnlyCollection<int> Parts
    {
        get
        {
            lock (_lock)
                return [.. _parts.Keys];
        }
    }

    public void Leave() => AbortAsync(CancellationToken.None);

    public async Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ByteRange range;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            range = new ByteRange(_end, _end + content.Length);
            _end = range.End;
        }

        await Task.Run(() => staged.Write(range.Start, content.Span), cancellationToken).ConfigureAwait(false);
        lock (_lock)
            _parts[number] = range;
    }

    public async Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken)
    {
        ByteRange[] parts;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            if (_parts.Count > 0 && _parts.Keys.Last() != _parts.Count - 1)
                throw new InvalidOperationException("A part before the last one was never put.");
            _ended = true;
            parts = [.. _parts.Values];
        }

        try
        {
            if (InOrder(parts))
                return await staged.PublishAsync(mode, flushToDisk, timeProvider, cancellationToken).ConfigureAwait(false);
            using var ordered = StagedFile.Create(target);
            await Task.Run(() => Copy(parts, ordered, cancellationToken), cancellationToken).ConfigureAwait(false);
            return await ordered.PublishAsync(mode, flushToDisk, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            staged.Dispose();
        }
    }

    public Task AbortAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_ended)
                staged.Dispose();
            _ended = true;
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await AbortAsync(CancellationToken.None).ConfigureAwait(false);

    private bool InOrder(ByteRange[] parts)
    {
        var position = 0L;
        foreach (var part in parts)
        {
            if (part.Start != position)
                return false;
            position = part.End;
        }

        return position == _end;
    }

    private void Copy(ByteRange[] parts, StagedFile ordered, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBufferSize];
        var written = 0L;
        foreach (var part in parts)
        {
            for (var position = part.Start; position < part.End;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(staged.Handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, part.End - position)), position);
                if (read == 0)
                    throw ObjectStoreException.Changed(target);
                ordered.Write(written, buffer.AsSpan(0, read));
                written += read;
                position += read;
            }
        }
    }
}
