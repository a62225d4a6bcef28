namespace Blaze.Storage.Transfer;

/// <summary>Cancels what makes no progress: started again with each step, whatever the whole takes.</summary>
public sealed class IdleTimer : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _either;

    public IdleTimer(TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _limit = limit;
        _idle = new CancellationTokenSource(limit, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_idle.Token, cancellationToken);
    }

    /// <summary>Cancelled when a step took too long, or the caller gave up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether a step took too long.</summary>
    public bool HasExpired => _idle.IsCancellationRequested;

    /// <summary>Begins the next step.</summary>
    public void Restart() => _idle.CancelAfter(_limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _idle.Dispose();
    }
}
