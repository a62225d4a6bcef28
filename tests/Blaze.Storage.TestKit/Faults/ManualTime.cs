namespace Blaze.Storage.TestKit.Faults;

/// <summary>
/// A clock that stands still until it is moved. Its timers go off while it is moved, in the order of their due times. A test waits until the
/// code under test has set the timer it expects, and then moves the clock.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource<TimeSpan> Set)> _watchers = [];
    private long _now;

    /// <summary>How far it was moved.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until a timer is set that will go off after a time the caller accepts.</summary>
    /// <returns>The time, from now.</returns>
    public Task<TimeSpan> TimerAsync(Func<TimeSpan, bool> isWanted)
    {
        lock (_lock)
        {
            foreach (var timer in _timers)
            {
                if (isWanted(TimeSpan.FromTicks(timer.Due - _now)))
                    return Task.FromResult(TimeSpan.FromTicks(timer.Due - _now));
            }

            var set = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((isWanted, set));
            return set.Task;
        }
    }

    /// <summary>Moves the clock; returns when all timers due until then have gone off.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Interlocked.Read(ref _now) + by.Ticks;
        while (TakeDue(end) is { } timer)
            timer.GoOff();
        lock (_lock)
            _now = Math.Max(_now, end);
    }

    private ManualTimer? TakeDue(long end)
    {
        lock (_lock)
        {
            var next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > end)
                return null;
            _timers.Remove(next);
            _now = Math.Max(_now, next.Due);
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action goOff) : ITimer
    {
        public long Due { get; private set; }

        public void GoOff() => goOff();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
                throw new NotSupportedException("This clock has timers that go off once.");
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time._now + dueTime.Ticks;
                time._timers.Add(this);
                foreach (var watcher in time._watchers.Where(watcher => watcher.Wanted(dueTime)).ToList())
                {
                    time._watchers.Remove(watcher);
                    watcher.Set.SetResult(dueTime);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
