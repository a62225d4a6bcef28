using System.Buffers;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Results;

namespace Blaze.Storage.Adapters.LocalFile.Caching.Blocks;

/// <summary>
/// A folder that keeps blocks of resources from other stores on this machine's disk, within a budget of bytes: each block is a file with its
/// seal (<see cref="SealedValue"/>) in a folder named by the version's hash, so a resource that changed finds none of its old blocks. Those
/// not used for longest go first. A block that was damaged is as good as missing. Several processes may share the folder, and
/// the caches of several stores one instance. A folder that cannot be written is left out, and tried again every minute.
/// Safe for use by several threads.
/// </summary>
public sealed class BlockFolder : IAsyncDisposable
{
    /// <summary>
    /// The bytes of a block, 1 MiB: a level of the grid that chunks are cut by, so that tasks share few of them; large
    /// enough that opening a file for each does not matter, and small enough that a short read fetches little more than it needs.
    /// </summary>
    public const int BlockSize = 1024 * 1024;

    /// <summary>The budget of the folder unless the user says otherwise: 10 GiB.</summary>
    public const long DefaultBudget = CacheFolder.DefaultBudget;

    // Blocks are written while what was read is already in use; a disk slower than the network must not pile them up in memory.
    private const int MostWrites = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly BoundedFolder _folder;
    private readonly ResourceUri _root;
    private readonly byte[] _path;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _writes = new(MostWrites);
    private long _pausedUntil;
    private int _reported;

    /// <summary>Creates the cache; nothing is looked at yet.</summary>
    /// <param name="folder">A local folder that holds nothing else.</param>
    /// <param name="budget">Bytes, 1 or more.</param>
    /// <param name="timeProvider">What use is dated by.</param>
    /// <exception cref="ObjectStoreException">The folder is no local one (InvalidPath).</exception>
    public BlockFolder(ResourceUri folder, long budget = DefaultBudget, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _root = folder;
        _path = LocalPath.Of(folder);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _folder = new BoundedFolder(new LocalFileStore(timeProvider: timeProvider), folder, budget, timeProvider);
        _folder.TrimFailed += (_, failure) => Report(failure);
    }

    /// <summary>Raised once, with the first failure to write the folder or to keep it below its budget. No read fails by that.</summary>
    public event EventHandler<ObjectStoreException>? Unavailable;

    /// <summary>Whether blocks are kept; false for a while after the folder could not be written.</summary>
    internal bool IsKeeping => _timeProvider.GetUtcNow().Ticks >= Interlocked.Read(ref _pausedUntil);

    internal BlockClaims Claims { get; } = new();

    /// <summary>Ends when every block fetched until now is written, or known not to be, and the folder is within its budget.</summary>
    public async Task WhenWrittenAsync()
    {
        for (var write = 0; write < MostWrites; write++)
            await _writes.WaitAsync().ConfigureAwait(false);
        _writes.Release(MostWrites);
        await _folder.WhenTrimmedAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the writes under way and starts no further trim.</summary>
    public async ValueTask DisposeAsync()
    {
        await WhenWrittenAsync().ConfigureAwait(false);
        await _folder.DisposeAsync().ConfigureAwait(false);
        _writes.Dispose();
    }

    /// <summary>Fills <paramref name="body"/> with a whole block; false where there is none that can be used, with anything in it.</summary>
    internal bool TryRead(BlockName name, Memory<byte> body)
    {
        var path = LocalPath.Join(LocalPath.Join(_path, Ascii(name.Resource.ToString())), Ascii(name.Range.ToString()));
        using var file = _folder.TryOpen(path);
        if (file is null)
            return false;
        Span<byte> seal = stackalloc byte[SealedValue.SealLength];
        try
        {
            return RandomAccess.Read(file, body.Span, 0) == body.Length
                && RandomAccess.Read(file, seal, body.Length) == seal.Length
                && SealedValue.Fits(name.ToString(), body.Span, seal);
        }
        catch (IOException)
        {
            // A disk that cannot read it back is no better than one that lost it.
            return false;
        }
    }

    /// <summary>Keeps a copy of a block; it is written in the background, and its claim ends then.</summary>
    internal async ValueTask KeepAsync(BlockName name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await _writes.WaitAsync(cancellationToken).ConfigureAwait(false);
        var length = body.Length + SealedValue.SealLength;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(copy);
        _ = Task.Run(() => WriteAsync(name, copy, length), CancellationToken.None);
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private async Task WriteAsync(BlockName name, byte[] copy, int length)
    {
        try
        {
            var body = copy.AsSpan(0, length - SealedValue.SealLength);
            SealedValue.WriteSeal(name.ToString(), body, copy.AsSpan(body.Length, SealedValue.SealLength));
            var uri = _root.Append($"{name.Resource}/{name.Range}");
            await _folder.PutAsync(uri, copy.AsMemory(0, length), PutMode.Overwrite, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectStoreException failure)
        {
            Interlocked.Exchange(ref _pausedUntil, (_timeProvider.GetUtcNow() + Pause).Ticks);
            Report(failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
            Claims.Release(name);
            _writes.Release();
        }
    }

    private void Report(ObjectStoreException failure)
    {
        if (Interlocked.Exchange(ref _reported, 1) == 0)
            Unavailable?.Invoke(this, failure);
    }
}
