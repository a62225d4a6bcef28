using System.Collections.Concurrent;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Timing;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Peers;

/// <summary>
/// The large values of calls: those made here are kept for everybody, those of others are fetched once and kept for the next call that needs them, as long as
/// there is room. Thread-safe.
/// </summary>
internal sealed class WorkerValues(CenterConnection center, string worker, Lazy<DataStore> store, PeerNode node, TimeProvider timeProvider)
{
    // Calls that hold values wait for others' memory no longer than this: they may all be waiting for each other.
    private static readonly TimeSpan RoomWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Task> _fetches = new(StringComparer.Ordinal);
    private int _isAwaitingRoom;

    /// <summary>Whether so much memory is in use that no new task should begin.</summary>
    public bool IsPressed => store.IsValueCreated && store.Value.IsPressed;

    /// <summary>Keeps a value that was made here.</summary>
    /// <returns>Where it is, for the center; null while the cluster does not know where this worker listens (<see cref="PeerNode.ListenAsync"/>).</returns>
    public TaskValue? TryKeep(string key, in Value value)
    {
        if (!node.IsAnnounced)
            return null;
        var checksum = Crc32C.Of(value.Bytes);
        store.Value.Set(key, value, checksum: checksum);
        return new TaskValue(value.Format, null, new ResultLocation([worker], value.Length, checksum));
    }

    /// <summary>Keeps a value that was made here, once the cluster knows where this worker listens.</summary>
    public async Task<TaskValue> KeepAsync(string key, Value value, CancellationToken cancellationToken)
    {
        await node.ListenAsync(cancellationToken);
        return TryKeep(key, value)!;
    }

    /// <summary>Takes a value into use, fetched where it is not here.</summary>
    /// <exception cref="PeerException">Nobody gives it.</exception>
    public async Task<ValueLease> GetAsync(string key, ResultLocation location, CancellationToken cancellationToken)
    {
        if (location.Length > store.Value.MemoryLimit)
            throw new BlazeException($"The value of '{key}' has {location.Length} bytes and does not fit the worker's memory of {store.Value.MemoryLimit} bytes; give it more with --memory.");
        while (true)
        {
            if (Held(key, location) is { } lease)
                return lease;
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var fetch = _fetches.GetOrAdd(key, mine.Task);
            if (fetch != mine.Task)
                await fetch.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                return await FetchAsync(mine, key, location, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Lets go of values that nobody wants any more.</summary>
    public void Drop(IReadOnlyList<string> keys)
    {
        if (!store.IsValueCreated)
            return;
        foreach (var key in keys)
            store.Value.Delete(key);
    }

    /// <summary>Calls back when memory is given back; no more than one call is outstanding.</summary>
    public void WhenThereIsRoom(Action act)
    {
        if (Interlocked.Exchange(ref _isAwaitingRoom, 1) == 1)
            return;
        _ = store.Value.RoomMade().ContinueWith(
            _ =>
            {
                Volatile.Write(ref _isAwaitingRoom, 0);
                act();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // What is here under the key may be of another life of its task.
    private ValueLease? Held(string key, ResultLocation location)
    {
        if (store.Value.Get(key) is not { } lease)
            return null;
        if (lease.Length == location.Length && lease.Checksum == location.Checksum)
            return lease;
        lease.Dispose();
        return null;
    }

    private async Task<ValueLease> FetchAsync(TaskCompletionSource fetch, string key, ResultLocation location, CancellationToken cancellationToken)
    {
        try
        {
            var others = location.Workers.Where(other => other != worker).ToList();
            var fetcher = await node.FetcherAsync(cancellationToken);
            using var reservation = await ReserveAsync(location.Length, cancellationToken);
            var value = await fetcher.GetAsync(key, others, location.Checksum, cancellationToken);
            var copy = store.Value.SetCopy(key, value.Value, value.Buffer, reservation, value.Checksum);
            _ = NoteAsync(key, value.Checksum);
            return copy;
        }
        finally
        {
            // Whoever waits looks again, and tries by itself where it is not here.
            _fetches.TryRemove(key, out _);
            fetch.TrySetResult();
        }
    }

    // Others may get it here as well, and this worker hears when it is not wanted any more.
    private async Task NoteAsync(string key, uint checksum)
    {
        try
        {
            await node.ListenAsync(CancellationToken.None);
            if (await center.Sessions.NoteCopyAsync(worker, key, checksum, CancellationToken.None) == ScriptStatus.Nothing)
                store.Value.Delete(key);
        }
        catch (Exception problem) when (problem is BlazeException or ObjectDisposedException)
        {
            // A copy that nobody knows of goes with the next look at what is still wanted.
        }
    }

    private async Task<Reservation?> ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        using var timer = new IdleTimer(RoomWait, timeProvider, cancellationToken);
        try
        {
            return await store.Value.ReserveAsync(bytes, timer.Token);
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return null;
        }
    }
}
