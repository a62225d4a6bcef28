using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>
/// Parts written into a staged file, each noted when its bytes are there. Where they lie in the order of their numbers, the file is
/// published as it is, else it is copied in order first.
/// </summary>
internal sealed class LocalMultipartUpload : IMultipartUpload
{
    private const int CopyBufferSize = 1024 * 1024;
    private readonly StagedFile _staged;
    private readonly PartNotes _notes;
    private readonly ResourceUri _target;
    private readonly PutMode _mode;
    private readonly bool _flushToDisk;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly PartPlaces _places = new();
    private readonly SortedDictionary<int, ByteRange> _parts = [];
    private bool _completing;
    private bool _ended;

    private LocalMultipartUpload(StagedFile staged, PartNotes notes, ResourceUri target, PutMode mode, bool flushToDisk, TimeProvider timeProvider)
    {
        _staged = staged;
        _notes = notes;
        _target = target;
        _mode = mode;
        _flushToDisk = flushToDisk;
        _timeProvider = timeProvider;
    }

    public string Id => _staged.Token;

    public IReadOnlyCollection<int> Parts
    {
        get
        {
            lock (_lock)
                return [.. _parts.Keys];
        }
    }

    public static LocalMultipartUpload Create(ResourceUri target, PutMode mode, bool flushToDisk, TimeProvider timeProvider)
    {
        var staged = StagedFile.Create(target);
        try
        {
            return new LocalMultipartUpload(staged, PartNotes.Create(target, PartNotes.PathOf(staged.Path), flushToDisk), target, mode, flushToDisk, timeProvider);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public static LocalMultipartUpload Resume(ResourceUri target, string id, PutMode mode, bool flushToDisk, TimeProvider timeProvider)
    {
        var staged = StagedFile.Resume(target, id);
        try
        {
            var error = FileStatus.Of(staged.Handle, out var status);
            if (error != 0)
                throw LocalErrors.Reading(error, target);
            var notes = PartNotes.Read(target, PartNotes.PathOf(staged.Path), out var parts) ?? throw ObjectStoreException.NotFound(target);
            var upload = new LocalMultipartUpload(staged, notes, target, mode, flushToDisk, timeProvider);
            foreach (var (number, range) in parts.Where(part => part.Value.End <= status.Length))
            {
                upload._places.Add(number, range);
                upload._parts[number] = range;
            }

            return upload;
        }
        catch
        {
            staged.Leave();
            throw;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
            _notes.Dispose();
            _staged.Leave();
        }
    }

    public async Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ByteRange range;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended || _completing, this);
            range = _places.Reserve(number, content.Length);
        }

        try
        {
            await Task.Run(() => Write(range, content.Span), cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_ended, this);
                _notes.Append(number, range);
                _parts[number] = range;
            }
        }
        catch
        {
            lock (_lock)
                _places.Release(range);
            throw;
        }
    }

    public async Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken)
    {
        var parts = BeginCompletion();
        try
        {
            var info = await PublishAsync(parts, cancellationToken).ConfigureAwait(false);
            End();
            return info;
        }
        finally
        {
            lock (_lock)
                _completing = false;
        }
    }

    public Task AbortAsync(CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await AbortAsync(CancellationToken.None).ConfigureAwait(false);

    private void Write(ByteRange range, ReadOnlySpan<byte> content)
    {
        _staged.Write(range.Start, content);
        if (_flushToDisk)
            _staged.Flush();
    }

    private ByteRange[] BeginCompletion()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended || _completing, this);
            if (_parts.Count > 0 && _parts.Keys.Last() != _parts.Count - 1)
                throw new InvalidOperationException("A part before the last one was never put.");
            _completing = true;
            return [.. _parts.Values];
        }
    }

    private async Task<ResourceInfo> PublishAsync(ByteRange[] parts, CancellationToken cancellationToken)
    {
        if (InOrder(parts))
        {
            _staged.Cut(parts.Length == 0 ? 0 : parts[^1].End);
            return await _staged.PublishAsync(_mode, _flushToDisk, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        using var ordered = StagedFile.Create(_target);
        await Task.Run(() => Copy(parts, ordered, cancellationToken), cancellationToken).ConfigureAwait(false);
        return await ordered.PublishAsync(_mode, _flushToDisk, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    // The notes go last: without them a staged file that stayed is swept with the next listing.
    private void End()
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
            _staged.Dispose();
            _notes.Remove();
            _notes.Dispose();
        }
    }

    private static bool InOrder(ByteRange[] parts)
    {
        var position = 0L;
        foreach (var part in parts)
        {
            if (part.Start != position)
                return false;
            position = part.End;
        }

        return true;
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
                var read = RandomAccess.Read(_staged.Handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, part.End - position)), position);
                if (read == 0)
                    throw ObjectStoreException.Changed(_target);
                ordered.Write(written, buffer.AsSpan(0, read));
                written += read;
                position += read;
            }
        }
    }
}
