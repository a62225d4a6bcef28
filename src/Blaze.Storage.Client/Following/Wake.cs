namespace Blaze.Storage.Client.Following;

/// <summary>A pause that the end of a job cuts short.</summary>
internal sealed class Wake : IDisposable
{
    private readonly string _jobId;
    private readonly ICenterView _center;
    private readonly TimeProvider _time;
    private volatile TaskCompletionSource _ended = NewSignal();

    public Wake(string jobId, ICenterView center, TimeProvider time)
    {
        _jobId = jobId;
        _center = center;
        _time = time;
        center.JobEnded += OnJobEnded;
    }

    /// <summary>Returns after <paramref name="pause"/>, or as soon as the center says that the job ended.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var delay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = _ended.Task;
        await Task.WhenAny(ended, Task.Delay(pause, _time, delay.Token)).ConfigureAwait(false);
        await delay.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (ended.IsCompleted)
            _ended = NewSignal();
    }

    public void Dispose() => _center.JobEnded -= OnJobEnded;

    private void OnJobEnded(string jobId)
    {
        if (jobId == _jobId)
            _ended.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
