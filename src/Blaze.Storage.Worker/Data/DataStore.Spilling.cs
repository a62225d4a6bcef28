using Blaze.Storage.Core;
using Blaze.Storage.Worker.Data.Spill;

namespace Blaze.Storage.Worker.Data;

// How memory is kept within its limit: admission, and writing values to disk.
internal sealed partial class DataStore
{
    private TaskCompletionSource? _room;
    private long _wanted;
    private long _failedAt;
    private bool _hasFailed;
    private bool _isSpilling;

    /// <summary>Keeps memory free for a value on its way; null where there is not enough now, and then makes some.</summary>
    public Reservation? TryReserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            if (_memory + _reserved + bytes <= MemoryLimit)
            {
                _reserved += bytes;
                return new Reservation(this, bytes);
            }

            _wanted = Math.Max(_wanted, bytes);
            CallSpiller_NeedsLock();
            return null;
        }
    }

    /// <summary>Keeps memory free for a value on its way, when there is enough.</summary>
    /// <exception cref="BlazeException">There never will be: the value is larger than the memory.</exception>
    public async Task<Reservation> ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        if (bytes > MemoryLimit)
            throw new BlazeException($"A value of {bytes} bytes does not fit the worker's memory of {MemoryLimit} bytes; give it more with --memory.");
        while (true)
        {
            // Asked for before the attempt, so that what is freed in between is not missed.
            var room = RoomMade();
            if (TryReserve(bytes) is { } reservation)
                return reservation;
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when memory is given back the next time.</summary>
    public Task RoomMade()
    {
        lock (_lock)
            return (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Takes back memory that was kept free.</summary>
    internal void GiveBack(long bytes)
    {
        lock (_lock)
        {
            _reserved -= bytes;
            _room?.TrySetResult();
            _room = null;
        }
    }

    private void CallSpiller_NeedsLock()
    {
        if (_isSpilling || _disposed || _evictable.Oldest is null || _memory + _reserved + _wanted <= _pressed)
            return;
        if (_hasFailed && _options.TimeProvider.GetElapsedTime(_failedAt) < _options.SpillPause)
            return;
        _isSpilling = true;
        ThreadPool.UnsafeQueueUserWorkItem(static store => store.SpillUntilRelieved(), this, preferLocal: false);
    }

    private void SpillUntilRelieved()
    {
        bool goesOn;
        do
        {
            long target;
            lock (_lock)
            {
                target = Math.Min(_relieved, MemoryLimit - _wanted);
                _wanted = 0;
            }

            goesOn = SpillDownTo(target);
            lock (_lock)
            {
                // What was asked for meanwhile found this running and did not start another one.
                goesOn = goesOn && _wanted > 0;
                _isSpilling = goesOn;
            }
        }
        while (goesOn);
    }

    // False where values remain that cannot be written now.
    private bool SpillDownTo(long target)
    {
        while (true)
        {
            DataEntry victim;
            lock (_lock)
            {
                if (_disposed || _memory + _reserved <= target)
                    return true;
                if (_evictable.Oldest is not { } oldest)
                    return false;
                victim = oldest;
                _evictable.Remove(victim);
                victim.Pins++;
            }

            if (!TrySpill(victim))
                return false;
        }
    }

    // The entry is in use by the caller, so neither its bytes nor its file go away meanwhile.
    private bool TrySpill(DataEntry victim)
    {
        if (victim.IsCopy)
        {
            Discard(victim);
            return true;
        }

        var written = victim.File is not null || TryWrite(victim);
        IDisposable? owner = null;
        lock (_lock)
        {
            if (written && victim is { Pins: 1, IsRemoved: false })
                owner = DropMemory_NeedsLock(victim);
        }

        owner?.Dispose();
        Release(victim);
        return written;
    }

    private bool TryWrite(DataEntry entry)
    {
        try
        {
            var file = _folder!.NextFile();
            entry.Checksum = SpillFile.Write(file, entry.Key, entry.Bytes);
            lock (_lock)
            {
                entry.File = file;
                _spilled += SpillFile.LengthOf(entry.Length);
                _hasFailed = false;
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bool isFirst;
            lock (_lock)
            {
                isFirst = !_hasFailed;
                _hasFailed = true;
                _failedAt = _options.TimeProvider.GetTimestamp();
            }

            if (isFirst)
                SpillFailed?.Invoke(this, exception);
            return false;
        }
    }

    // The entry is in use by the caller. False where its file is damaged.
    private bool Load(DataEntry entry)
    {
        lock (entry.Loading)
        {
            string? file;
            lock (_lock)
            {
                if (entry.IsInMemory)
                    return true;
                file = entry.File;
            }

            var buffer = Pool.Rent(entry.Length);
            SpillDownTo(MemoryLimit - entry.CostIn(buffer));
            if (file is null || !SpillFile.TryRead(file, entry.Key, buffer))
            {
                buffer.Dispose();
                Damaged?.Invoke(this, entry.Key);
                return false;
            }

            lock (_lock)
            {
                entry.Bytes = buffer.Bytes;
                entry.Owner = buffer;
                entry.IsInMemory = true;
                _memory += entry.Cost;
                CallSpiller_NeedsLock();
            }

            return true;
        }
    }
}
