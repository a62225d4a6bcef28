namespace Blaze.Storage.Adapters.S3.Connection;

/// <summary>Cancels when its caller does, and when for some time nothing moved.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _idle;

    public Deadline(TimeSpan idle, TimeProvider timeProvider, CancellationToken caller)
    {
        _idle = idle;
        _caller = caller;
        _source = new CancellationTokenSource(idle, timeProvider);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it is over although the caller still waits.</summary>
    public bool HasPassed => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Something moved.</summary>
    public void Touch() => _source.CancelAfter(_idle);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
