namespace Blaze.Storage.Adapters.Resilience.Throttling;

/// <summary>
/// What all attempts at one host pass. It stands open until the store asks for fewer requests. Then it closes for as long as
/// the store says, or for a pause that doubles as long as nothing but such answers come, and opens for half as many attempts at once as were under
/// way; with each answer the number grows by its reciprocal, so by about one per round (additive increase, multiplicative
/// decrease, as in TCP's congestion avoidance, RFC 5681).
/// <para>
/// Never more attempts are under way than the window allows, none begins while the gate is closed, and the window is
/// at least 1, so whoever waits long enough gets through. Waiters are served in their order.
/// </para>
/// </summary>
internal sealed class ThrottleGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RetryOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly LinkedList<TaskCompletionSource<Pass>> _waiting = [];
    private readonly ITimer _opening;
    private double _window = double.PositiveInfinity;
    private int _underWay;
    private int _closings;
    private int _closingsInARow;
    private bool _isClosed;
    private long _closedAt;
    private TimeSpan _closedFor;

    public ThrottleGate(RetryOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _opening = timeProvider.CreateTimer(static gate => ((ThrottleGate)gate!).OpenWhenDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many attempts may be under way at once.</summary>
    public double Window
    {
        get
        {
            lock (_lock)
                return _window;
        }
    }

    /// <summary>How many attempts are under way.</summary>
    public int UnderWay
    {
        get
        {
            lock (_lock)
                return _underWay;
        }
    }

    /// <summary>Waits until an attempt may begin.</summary>
    /// <returns>What <see cref="Leave"/> or <see cref="Throttled"/> must be given, exactly once; null where patience ran out.</returns>
    public async ValueTask<Pass?> EnterAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<Pass>> place;
        lock (_lock)
        {
            if (!_isClosed && _waiting.Count == 0 && HasRoom_NeedsLock())
                return Admit_NeedsLock();
            if (patience <= TimeSpan.Zero)
                return null;
            place = _waiting.AddLast(new TaskCompletionSource<Pass>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            return await place.Value.Task.WaitAsync(patience, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return TryStepOut(place) ? null : await place.Value.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!TryStepOut(place))
                Leave(await place.Value.Task.ConfigureAwait(false), answered: false);
            throw;
        }
    }

    /// <summary>An attempt has ended.</summary>
    /// <param name="pass">From <see cref="EnterAsync"/>.</param>
    /// <param name="answered">Whether the store answered it.</param>
    public void Leave(Pass pass, bool answered)
    {
        lock (_lock)
        {
            _underWay--;
            if (answered && pass.Closings == _closings)
            {
                _window += 1 / _window;
                _closingsInARow = 0;
            }

            LetIn_NeedsLock();
        }
    }

    /// <summary>An attempt has ended with the store asking for fewer requests.</summary>
    /// <param name="pass">From <see cref="EnterAsync"/>.</param>
    /// <param name="retryAfter">For how long, where it says so.</param>
    public void Throttled(Pass pass, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            // Those that were under way together are answered one after the other: all of that is one demand.
            var isNew = pass.Closings == _closings;
            if (isNew)
            {
                _window = Math.Max(1, Math.Min(_window, _underWay) / 2);
                _closings++;
                _closingsInARow++;
            }

            _underWay--;
            Close_NeedsLock(retryAfter ?? (isNew ? PauseOf(_closingsInARow) : TimeSpan.Zero));
            LetIn_NeedsLock();
        }
    }

    public void Dispose() => _opening.Dispose();

    private bool HasRoom_NeedsLock() => _underWay < Math.Floor(_window);

    private Pass Admit_NeedsLock()
    {
        _underWay++;
        return new Pass(_closings);
    }

    private void LetIn_NeedsLock()
    {
        while (!_isClosed && HasRoom_NeedsLock() && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            first.Value.SetResult(Admit_NeedsLock());
        }
    }

    private void Close_NeedsLock(TimeSpan time)
    {
        var left = _isClosed ? _closedFor - _timeProvider.GetElapsedTime(_closedAt) : TimeSpan.Zero;
        if (time <= left || time <= TimeSpan.Zero)
            return;
        _isClosed = true;
        _closedAt = _timeProvider.GetTimestamp();
        _closedFor = time;
        _opening.Change(RoundUp(time), Timeout.InfiniteTimeSpan);
    }

    private void OpenWhenDue()
    {
        lock (_lock)
        {
            var left = _closedFor - _timeProvider.GetElapsedTime(_closedAt);
            if (_isClosed && left > TimeSpan.Zero)
            {
                _opening.Change(RoundUp(left), Timeout.InfiniteTimeSpan);
                return;
            }

            _isClosed = false;
            LetIn_NeedsLock();
        }
    }

    private bool TryStepOut(LinkedListNode<TaskCompletionSource<Pass>> place)
    {
        lock (_lock)
        {
            if (place.List is null)
                return false;
            _waiting.Remove(place);
            return true;
        }
    }

    // Several processes are throttled together, and must not come back together.
    private TimeSpan PauseOf(int closings)
    {
        var most = Math.Min(_options.MaxDelay.TotalSeconds, _options.BaseDelay.TotalSeconds * Math.Pow(2, Math.Min(closings, 60)));
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    // Timers count whole milliseconds, and at most 49 days of them.
    private static TimeSpan RoundUp(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(time.TotalMilliseconds, TimeSpan.FromDays(1).TotalMilliseconds)));

    /// <summary>The right to one attempt.</summary>
    /// <param name="Closings">How often the gate had closed when it began.</param>
    internal sealed record Pass(int Closings);
}
