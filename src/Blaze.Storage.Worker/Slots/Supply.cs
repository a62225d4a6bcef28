namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// How well the slots are supplied with tasks, and how many more they should have at hand. What is kept ready is measured in time,
/// not in tasks: a fraction of a second of work, so that slots never wait for a round trip and other workers never wait for tasks
/// that lie unstarted here.
/// </summary>
/// <param name="slots">How many tasks compute at once.</param>
/// <param name="lanes">How many may be begun at once, those that wait for bytes included; at least <paramref name="slots"/>.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Supply(int slots, int lanes, TimeProvider timeProvider)
{
    /// <summary>
    /// While the slots are amply supplied nobody waits for a single task: what is finished within this time is published, and told to
    /// the center, together.
    /// </summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private const int MostAhead = 256;
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(25);

    // The newest task counts for an eighth: a few tasks of another size are noticed, a single odd one is not.
    private const double NewestShare = 0.125;

    private readonly Lock _lock = new();
    private int _queued;
    private int _running;
    private int _waiting;
    private double _typicalSeconds = Ahead.TotalSeconds;

    /// <summary>How many tasks have begun and not ended.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
                return _running + _waiting;
        }
    }

    /// <summary>How many tasks the slots lack: to be claimed with the next call.</summary>
    public int Lacking
    {
        get
        {
            lock (_lock)
                return Math.Max(0, TasksAhead() - _queued + Math.Min(slots - _running, lanes - _running - _waiting));
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

    public void Queue()
    {
        lock (_lock)
            _queued++;
    }

    /// <summary>A queued task starts; gives the time.</summary>
    public long Start()
    {
        lock (_lock)
        {
            _queued--;
            _running++;
        }

        return timeProvider.GetTimestamp();
    }

    /// <summary>A running task waits, for bytes or for an answer, and leaves its slot to another.</summary>
    public void BeginWait()
    {
        lock (_lock)
        {
            _running--;
            _waiting++;
        }
    }

    /// <summary>A waiting task runs again.</summary>
    public void EndWait()
    {
        lock (_lock)
        {
            _waiting--;
            _running++;
        }
    }

    /// <summary>A task that began at that time has ended.</summary>
    public void End(long started)
    {
        var seconds = timeProvider.GetElapsedTime(started).TotalSeconds;
        lock (_lock)
        {
            _typicalSeconds += NewestShare * (seconds - _typicalSeconds);
            _running--;
        }
    }

    private int TasksAhead() => (int)Math.Clamp(slots * Ahead.TotalSeconds / Math.Max(_typicalSeconds, 1e-6), 1, MostAhead);
}
