using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Client.Futures;

// What nobody holds any more.
internal sealed partial class FutureSession
{
    private static readonly TimeSpan ReleaseGathering = TimeSpan.FromMilliseconds(10);

    private List<string> _released = [];
    private TaskCompletionSource? _letGo;
    private bool _releaseIsTimed;
    private bool _releaseIsDue;

    /// <summary>
    /// Nobody holds this key any more. Values that take workers' memory are let go at once; the small ones of a moment together, so that
    /// the next call does not wait behind them.
    /// </summary>
    public void Release(FutureEntry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Key, out var current) && current == entry)
                _entries.Remove(entry.Key);
            _released.Add(entry.Key);
            if (_closing.IsCancellationRequested || (_releaseIsTimed && entry.Location is null))
                return;
            _releaseIsTimed = true;
        }

        // Finalizers come here too, on a thread that must not be kept.
        _ = Task.Run(() => ReleaseSoonAsync(entry.Location is null ? ReleaseGathering : TimeSpan.Zero));
    }

    /// <summary>Ends when the center has let go of all that was released before; fails with <see cref="Center.CenterException"/> where it cannot be told.</summary>
    public Task WaitReleasedAsync()
    {
        lock (_lock)
        {
            if (_closing.IsCancellationRequested)
                return Task.CompletedTask;
            _releaseIsDue = true;
            _letGo ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_sending)
            {
                _sending = true;
                _ = Task.Run(SendAsync);
            }

            return _letGo.Task;
        }
    }

    private async Task ReleaseSoonAsync(TimeSpan gathering)
    {
        if (gathering > TimeSpan.Zero)
            await Task.Delay(gathering, _patience.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            (_releaseIsTimed, _releaseIsDue) = (false, true);
            if (_sending || _closing.IsCancellationRequested)
                return;
            _sending = true;
        }

        await SendAsync().ConfigureAwait(false);
    }

    // With the lock.
    private (List<string> Keys, TaskCompletionSource? LetGo) TakeReleased()
    {
        if (!_releaseIsDue)
            return ([], null);
        // What is wanted again is not let go; its calls come after those that were let go.
        var released = (_released.FindAll(key => !_entries.ContainsKey(key)), _letGo);
        (_released, _letGo, _releaseIsDue) = ([], null, false);
        return released;
    }

    private Task<ScriptStatus> ReleaseAsync(List<string> keys) =>
        _patience.RunAsync(
            async token =>
            {
                var session = await OpenAsync(token).ConfigureAwait(false);
                return await _center.Sessions.ReleaseAsync(session, keys, token).ConfigureAwait(false);
            },
            _closing.Token);
}
