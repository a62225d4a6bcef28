namespace Blaze.Storage.Core.Timing;

/// <summary>Cancels what makes no progress: started again with each step, whatever the whole takes. Thread-safe.</summary>
public sealed class IdleTimer : IDisposable
{
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _either;

    /// <summary>Begins the first step.</summary>
    /// <param name="limit">How long a step may take.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="caller">Cancels as well.</param>
    public IdleTimer(TimeSpan limit, TimeProvider timeProvider, CancellationToken caller)
    {
        Limit = limit;
        Caller = caller;
        _idle = new CancellationTokenSource(limit, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_idle.Token, caller);
    }

    /// <summary>How long a step may take.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The caller's own token.</summary>
    public CancellationToken Caller { get; }

    /// <summary>Cancelled when a step took too long, or the caller gave up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether a step took too long.</summary>
    public bool HasExpired => _idle.IsCancellationRequested;

    /// <summary>Begins the next step; what has expired stays so.</summary>
    public void Restart() => _idle.CancelAfter(Limit);

    /// <summary>Nothing is waited for from the other side until the next <see cref="Restart"/>.</summary>
    public void Pause() => _idle.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _idle.Dispose();
    }
}
