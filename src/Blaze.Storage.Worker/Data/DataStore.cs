using System.Collections.Concurrent;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Transfer.Buffers;
using Blaze.Storage.Worker.Data.Spill;

namespace Blaze.Storage.Worker.Data;

/// <summary>
/// The values a worker holds, by key: in memory, and beyond a share of it on disk, those first that were not used for longest. A value
/// in use is never moved or freed. Thread-safe; nothing here waits for anything but the disk, where a value is read back or where there
/// is no memory left.
/// </summary>
internal sealed partial class DataStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, DataEntry> _entries = new(StringComparer.Ordinal);
    private readonly UseOrder _evictable = new();
    private readonly DataStoreOptions _options;
    private readonly SpillFolder? _folder;
    private readonly long _pressed;
    private readonly long _relieved;
    private long _bytes;
    private long _memory;
    private long _spilled;
    private long _reserved;
    private bool _disposed;

    /// <summary>Creates an empty store; removes what dead workers left in the spill folder.</summary>
    /// <exception cref="Core.BlazeException">A setting is out of range, or the spill folder cannot be used.</exception>
    public DataStore(DataStoreOptions options)
    {
        _options = options.Validated();
        _pressed = (long)(options.MemoryLimit * options.PressedShare);
        _relieved = (long)(options.MemoryLimit * options.RelievedShare);
        _folder = options.SpillRoot is { } root ? SpillFolder.Open(root) : null;
        Pool = new BufferPool((long)(options.MemoryLimit * options.IdleShare));
    }

    /// <summary>Raised with the key of a value whose file was damaged; it is not held any more.</summary>
    public event EventHandler<string>? Damaged;

    /// <summary>Raised when values can no longer be written to disk, once for each row of failures.</summary>
    public event EventHandler<Exception>? SpillFailed;

    /// <summary>Where buffers for values come from.</summary>
    public BufferPool Pool { get; }

    /// <summary>The most bytes of values in memory.</summary>
    public long MemoryLimit => _options.MemoryLimit;

    /// <summary>The number of values.</summary>
    public int Count => _entries.Count;

    /// <summary>The bytes of all values, wherever they are.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The bytes that values in memory take, with what they are kept in.</summary>
    public long MemoryBytes => Interlocked.Read(ref _memory);

    /// <summary>The bytes in the spill folder.</summary>
    public long SpilledBytes => Interlocked.Read(ref _spilled);

    /// <summary>The bytes reserved for values on their way.</summary>
    public long ReservedBytes => Interlocked.Read(ref _reserved);

    /// <summary>
    /// Whether so much memory is in use that no new task should begin. Without a spill folder, or with a full disk, that lasts until
    /// values are deleted or copies of others' make room.
    /// </summary>
    public bool IsPressed => MemoryBytes + ReservedBytes >= _pressed;

    /// <summary>Holds a value, instead of the one that was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, whose bytes are not copied and must not change any more.</param>
    /// <param name="owner">Disposed of when the bytes are not needed any more, for example a buffer of the pool.</param>
    /// <param name="reservation">Memory that was kept free for it.</param>
    /// <param name="checksum">The CRC-32C of the bytes, where it is known.</param>
    /// <returns>Whether the key was free.</returns>
    public bool Set(string key, in Value value, IDisposable? owner = null, Reservation? reservation = null, uint? checksum = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Set(new DataEntry(key, value.Format, value.Length) { Bytes = value.Bytes, Owner = owner, Checksum = checksum, IsInMemory = true }, reservation);
    }

    /// <summary>Holds a copy of what another worker holds, which goes away rather than to disk, and takes it into use.</summary>
    /// <inheritdoc cref="Set(string, in Value, IDisposable, Reservation, uint?)"/>
    public ValueLease SetCopy(string key, in Value value, IDisposable owner, Reservation? reservation, uint checksum)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var entry = new DataEntry(key, value.Format, value.Length) { Bytes = value.Bytes, Owner = owner, Checksum = checksum, IsInMemory = true, IsCopy = true, Pins = 1 };
        Set(entry, reservation);
        return new ValueLease(this, entry, null);
    }


    /// <summary>Takes a value into use; null where there is none. One that is on disk is read back first.</summary>
    public ValueLease? Get(string key)
    {
        var entry = Pin(key, out var isInMemory);
        if (entry is null)
            return null;
        if (isInMemory || Load(entry))
            return new ValueLease(this, entry, null);
        Discard(entry);
        return null;
    }

    /// <summary>Takes a value into use where it is, in memory or on disk; null where there is none.</summary>
    public ValueLease? Open(string key) =>
        Pin(key, out var isInMemory) is { } entry ? new ValueLease(this, entry, isInMemory ? null : entry.File) : null;

    /// <summary>Whether there is a value.</summary>
    public bool Contains(string key) => _entries.ContainsKey(key);

    /// <summary>From now on a value is a copy: another worker holds it as well.</summary>
    public void MarkCopy(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
                return;
            entry.IsCopy = true;
            MakeEvictable_NeedsLock(entry);
        }
    }

    /// <summary>The keys that it holds now.</summary>
    public IReadOnlyList<string> Keys() => [.. _entries.Keys];

    /// <summary>Removes a value; its memory and its file are free at once, or as soon as nobody uses it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(string key)
    {
        Freed freed;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
                return false;
            _entries.TryRemove(key, out _);
            freed = Remove_NeedsLock(entry);
        }

        freed.Dispose();
        return true;
    }

    /// <summary>Values whose keys begin with a text, in the ordinal order of their keys.</summary>
    /// <param name="prefix">How the keys begin; empty for all.</param>
    /// <param name="after">The key after which to begin, or null.</param>
    /// <param name="limit">The most values; at least 1.</param>
    public ValuePage List(string prefix, string? after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var descending = Comparer<string>.Create(static (left, right) => string.CompareOrdinal(right, left));
        var first = new PriorityQueue<DataEntry, string>(descending);
        foreach (var (key, entry) in _entries)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || (after is not null && string.CompareOrdinal(key, after) <= 0))
                continue;
            if (first.Count <= limit)
                first.Enqueue(entry, key);
            else
                first.EnqueueDequeue(entry, key);
        }

        var isLast = first.Count <= limit;
        if (!isLast)
            first.Dequeue();
        var values = new ValueInfo[first.Count];
        for (var at = values.Length - 1; at >= 0; at--)
        {
            var entry = first.Dequeue();
            values[at] = new ValueInfo(entry.Key, entry.Format, entry.Length, entry.IsInMemory);
        }

        return new ValuePage(values, isLast ? null : values[^1].Key);
    }

    /// <summary>Forgets all values and removes the spill folder. Values in use stay until they are not.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        foreach (var key in _entries.Keys)
            Delete(key);
        _folder?.Dispose();
        Pool.Dispose();
    }

    /// <summary>Lets go of a value that was in use.</summary>
    internal void Release(DataEntry entry)
    {
        var freed = default(Freed);
        lock (_lock)
        {
            if (--entry.Pins > 0)
                return;
            if (entry.IsRemoved)
                freed = Free_NeedsLock(entry);
            else
                MakeEvictable_NeedsLock(entry);
            CallSpiller_NeedsLock();
        }

        freed.Dispose();
    }

    private bool Set(DataEntry entry, Reservation? reservation)
    {
        var freed = default(Freed);
        bool isNew;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            isNew = !_entries.TryGetValue(entry.Key, out var before);
            if (before is not null)
                freed = Remove_NeedsLock(before);
            _entries[entry.Key] = entry;
            _bytes += entry.Length;
            _memory += entry.Cost;
            _reserved -= reservation?.Take() ?? 0;
            MakeEvictable_NeedsLock(entry);
            CallSpiller_NeedsLock();
        }

        freed.Dispose();
        if (MemoryBytes + ReservedBytes > MemoryLimit)
            SpillDownTo(MemoryLimit);
        return isNew;
    }

    // Without a spill folder only copies can go.
    private void MakeEvictable_NeedsLock(DataEntry entry)
    {
        if (entry is { Pins: 0, IsInMemory: true } && (entry.IsCopy || _folder is not null))
            _evictable.Add(entry);
    }

    private DataEntry? Pin(string key, out bool isInMemory)
    {
        isInMemory = false;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
                return null;
            entry.Pins++;
            _evictable.Remove(entry);
            isInMemory = entry.IsInMemory;
            return entry;
        }
    }

    // The entry is in use by the caller, and known to nobody else afterwards.
    private void Discard(DataEntry entry)
    {
        lock (_lock)
        {
            if (!entry.IsRemoved)
            {
                _entries.TryRemove(entry.Key, out _);
                Remove_NeedsLock(entry).Dispose();
            }
        }

        Release(entry);
    }

    private Freed Remove_NeedsLock(DataEntry entry)
    {
        entry.IsRemoved = true;
        _bytes -= entry.Length;
        return entry.Pins == 0 ? Free_NeedsLock(entry) : default;
    }

    private Freed Free_NeedsLock(DataEntry entry)
    {
        var freed = new Freed(DropMemory_NeedsLock(entry), entry.File);
        if (entry.File is not null)
            _spilled -= SpillFile.LengthOf(entry.Length);
        entry.File = null;
        return freed;
    }

    private IDisposable? DropMemory_NeedsLock(DataEntry entry)
    {
        if (!entry.IsInMemory)
            return null;
        _evictable.Remove(entry);
        _memory -= entry.Cost;
        var owner = entry.Owner;
        entry.IsInMemory = false;
        entry.Bytes = default;
        entry.Owner = null;
        _room?.TrySetResult();
        _room = null;
        return owner;
    }

    // What is given up outside of the lock, as it may take the system a while.
    private readonly record struct Freed(IDisposable? Owner, string? File) : IDisposable
    {
        public void Dispose()
        {
            Owner?.Dispose();
            if (File is not null)
                SpillFile.Remove(File);
        }
    }
}
