using System.Collections.Concurrent;
using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Adapters.LocalFile.Writing;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Microsoft.Win32.SafeHandles;

namespace Blaze.Storage.Adapters.LocalFile.Caching;

/// <summary>
/// A store whose files below one folder stay within a budget of bytes. Opening a file marks it as used, by its access time
/// and at most once a minute; when the budget is reached the files least recently used go, in the background, until 90 % is
/// left. A file used or written since the oldest put that is still running began is never removed.
/// <para>
/// The folder is created for its owner alone. Several processes may share it: each looks at all of it when its own puts since the last look pass a twentieth
/// of the budget, so together they may exceed the budget by that much each. Safe for use by several threads.
/// </para>
/// </summary>
public sealed class BoundedFolder : IObjectStore, IAsyncDisposable
{
    /// <summary>A file is marked as used at most this often.</summary>
    public static readonly TimeSpan MarkInterval = TimeSpan.FromMinutes(1);

    private const int KeptPercent = 90;
    private const int LookShare = 20;
    private readonly LocalFileStore _store;
    private readonly byte[] _path;
    private readonly FolderTrim _trim;
    private readonly string _below;
    private readonly long _budget;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<long, Int128> _puts = new();
    private long _lastPut;
    private long _untilLook;
    private Task _trimming = Task.CompletedTask;
    private bool _closed;

    /// <summary>Creates the store; the folder is looked at with the first put.</summary>
    /// <param name="store">What reads and writes.</param>
    /// <param name="folder">The folder; only files below it count, and only they are ever removed.</param>
    /// <param name="budget">Bytes, 1 or more.</param>
    /// <param name="timeProvider">What use is dated by.</param>
    public BoundedFolder(LocalFileStore store, ResourceUri folder, long budget = CacheFolder.DefaultBudget, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(budget);
        _store = store;
        _budget = budget;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _path = LocalPath.Of(folder);
        _trim = new FolderTrim(_path);
        _below = folder.ToString().TrimEnd('/') + "/";
    }

    /// <summary>Raised when the folder could not be looked at; it may grow past its budget until that is mended.</summary>
    public event EventHandler<ObjectStoreException>? TrimFailed;

    /// <inheritdoc/>
    public string Scheme => _store.Scheme;

    /// <summary>Ends when no trim is under way.</summary>
    public Task WhenTrimmedAsync()
    {
        lock (_lock)
            return _trimming;
    }

    /// <inheritdoc/>
    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) => _store.StatAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        if (IsBelow(uri))
            MarkUsed(LocalPath.Of(uri));
        return _store.OpenAsync(uri, ifMatch, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        _store.ListAsync(prefix, filter, cancellationToken);

    /// <inheritdoc/>
    public async Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        using var put = BeginPut();
        var info = await _store.PutAsync(uri, content, mode, cancellationToken).ConfigureAwait(false);
        Written(info);
        return info;
    }

    /// <inheritdoc/>
    public async Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        new CountedUpload(this, await _store.OpenMultipartAsync(uri, mode, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        new CountedUpload(this, await _store.ResumeMultipartAsync(uri, id, mode, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => _store.DeleteAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public async Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken)
    {
        using var put = BeginPut();
        await _store.CopyIfAbsentAsync(source, target, cancellationToken).ConfigureAwait(false);
        Written(await _store.StatAsync(target, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        _store.LocationsAsync(uri, range, cancellationToken);

    /// <summary>Starts no further trim and waits for the one under way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _closed = true;
        await WhenTrimmedAsync().ConfigureAwait(false);
    }

    /// <summary>Opens a file below the folder and marks it as used; null where that cannot be done for any reason.</summary>
    internal SafeFileHandle? TryOpen(byte[] path)
    {
        if (FileCalls.Open(path, LibC.OpenReadOnly | LibC.OpenNonBlocking, 0, out var file) == 0)
        {
            MarkUsed(path);
            return file;
        }

        file.Dispose();
        return null;
    }

    private bool IsBelow(ResourceUri uri) => uri.ToString().StartsWith(_below, StringComparison.Ordinal);

    private Int128 Now => (Int128)(_timeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    // A file that is gone, or belongs to somebody else, is not marked; opening it says what there is to say.
    private void MarkUsed(byte[] path)
    {
        var now = Now;
        if (FileStatus.Of(path, followLinks: false, out var status) == 0 && status.IsRegular && now - status.LastUse >= (Int128)MarkInterval.TotalNanoseconds)
            _ = FileCalls.MarkUsed(path, now);
    }

    private RunningPut BeginPut()
    {
        // Results tell something about the files they were made from; where the folder cannot be made, the put says why.
        var put = new RunningPut(this, Interlocked.Increment(ref _lastPut));
        if (put.Number == 1)
            _ = TargetDirectory.Create(_path, TargetDirectory.PrivateMode);
        _puts[put.Number] = Now;
        return put;
    }

    private void Written(ResourceInfo info)
    {
        if (!IsBelow(info.Uri))
            return;
        lock (_lock)
        {
            _untilLook -= info.Length;
            if (_untilLook < 0 && _trimming.IsCompleted && !_closed)
                _trimming = Task.Run(Trim);
        }
    }

    private void Trim()
    {
        try
        {
            var now = Now;
            var left = _trim.Run(_budget, _budget / 100 * KeptPercent, _puts.Values.Append(now).Min());
            lock (_lock)
                _untilLook = Math.Min(_budget / LookShare, Math.Max(0, _budget - left));
        }
        catch (ObjectStoreException failure)
        {
            lock (_lock)
                _untilLook = _budget / LookShare;
            TrimFailed?.Invoke(this, failure);
        }
    }

    private sealed class RunningPut(BoundedFolder folder, long number) : IDisposable
    {
        public long Number => number;

        public void Dispose() => folder._puts.TryRemove(number, out _);
    }

    private sealed class CountedUpload(BoundedFolder folder, IMultipartUpload upload) : IMultipartUpload
    {
        private readonly RunningPut _put = folder.BeginPut();

        public string Id => upload.Id;

        public IReadOnlyCollection<int> Parts => upload.Parts;

        public void Leave() => upload.Leave();

        public Task PutPartAsync(int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            upload.PutPartAsync(number, content, cancellationToken);

        public async Task<ResourceInfo> CompleteAsync(CancellationToken cancellationToken)
        {
            var info = await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
            folder.Written(info);
            return info;
        }

        public Task AbortAsync(CancellationToken cancellationToken) => upload.AbortAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await upload.DisposeAsync().ConfigureAwait(false);
            _put.Dispose();
        }
    }
}
