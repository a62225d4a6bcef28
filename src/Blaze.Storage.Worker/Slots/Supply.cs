namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// How well the slots are supplied with tasks, and how many more they should have at hand. What is kept ready is measured in time,
/// not in tasks: a fraction of a second of work, so that slots never wait for a round trip and other workers never wait for tasks
/// that lie unstarted here.
/// </summary>
internal sealed class Supply(int slots, TimeProvider timeProvider)
{
    /// <summary>
    /// While the slots are amply supplied nobody waits for a single task: what is finished within this time is published, and told to
    /// the center, together.
    /// </summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private const int MostAhead = 64;
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(25);

    // The newest task counts for an eighth: a few tasks of another size are noticed, a single odd one is not.
    private const double NewestShare = 0.125;

    private readonly Lock _lock = new();
    private int _queued;
    private int _running;
    private double _typicalSeconds = Ahead.TotalSeconds;

    /// <summary>How many tasks run.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>How many tasks the slots lack: to be claimed with the next call.</summary>
    public int Lacking
    {
        get
        {
            lock (_lock)
                return Math.Max(0, slots + TasksAhead() - _queued - _running);
        }
    }

    /// <summary>Whether at least half of what should wait behind the running tasks does.</summary>
    public bool IsAmple
    {
        get
        {
            lock (_lock)
                return _queued > 0 && 2 * _queued >= TasksAhead();
        }
    }

    public void Queue() => Interlocked.Increment(ref _queued);

    /// <summary>A queued task starts; gives the time.</summary>
    public long Start()
    {
        Interlocked.Decrement(ref _queued);
        Interlocked.Increment(ref _running);
        return timeProvider.GetTimestamp();
    }

    /// <summary>A task that began at that time has ended.</summary>
    public void End(long started)
    {
        var seconds = timeProvider.GetElapsedTime(started).TotalSeconds;
        lock (_lock)
            _typicalSeconds += NewestShare * (seconds - _typicalSeconds);
        Interlocked.Decrement(ref _running);
    }

    private int TasksAhead() => (int)Math.Clamp(slots * Ahead.TotalSeconds / Math.Max(_typicalSeconds, 1e-6), 1, MostAhead);
}
