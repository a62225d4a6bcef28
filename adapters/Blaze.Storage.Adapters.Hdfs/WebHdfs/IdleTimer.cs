namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>Ends a call whose transfer has stood still for too long, or that its caller cancelled.</summary>
internal sealed class IdleTimer : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public IdleTimer(TimeSpan limit, TimeProvider timeProvider, CancellationToken caller)
    {
        _limit = limit;
        _timer = new CancellationTokenSource(limit, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
        Caller = caller;
    }

    /// <summary>The caller's own token.</summary>
    public CancellationToken Caller { get; }

    /// <summary>What the transfer observes.</summary>
    public CancellationToken Token => _either.Token;

    public TimeSpan Limit => _limit;

    /// <summary>Whether it was the standing still that ended the call.</summary>
    public bool IsOver => _timer.IsCancellationRequested;

    /// <summary>Something moved.</summary>
    public void Restart()
    {
        if (!_timer.IsCancellationRequested)
            _timer.CancelAfter(_limit);
    }

    /// <summary>Nothing is waited for from the other side until the next <see cref="Restart"/>.</summary>
    public void Pause()
    {
        if (!_timer.IsCancellationRequested)
            _timer.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
