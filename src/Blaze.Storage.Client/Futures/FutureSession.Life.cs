using System.Security.Cryptography;
using System.Text.Json;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Client.Futures;

/// <summary>
/// The session in the center: opened with the first call, renewed while the client lives, opened again under another name where the center no
/// longer knows it. The center tells what has ended; since messages may be lost, the session also asks now and then.
/// </summary>
internal sealed partial class FutureSession
{
    private const int MostAsked = 2048;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // Workers that find no code wait a while for it to come back.
    private static readonly TimeSpan CodeInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _opening = new(1);
    private string? _id;
    private IAsyncDisposable? _listening;
    private Task _keeping = Task.CompletedTask;
    private IEnumerator<KeyValuePair<string, FutureEntry>>? _round;

    /// <summary>The session's name in the center, where it is open after this.</summary>
    private ValueTask<string> OpenAsync(CancellationToken cancellationToken) =>
        _id is { } id ? new ValueTask<string>(id) : OpenNewAsync(cancellationToken);

    private async ValueTask<string> OpenNewAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_id is { } open)
                return open;
            var id = "s-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
            // Listening comes first, so that no news is missed.
            _listening = await _center.Sessions.ListenAsync(id, OnFinished, cancellationToken).ConfigureAwait(false);
            var about = JsonSerializer.Serialize($"{Environment.MachineName}/{Environment.ProcessId}");
            await _center.Sessions.OpenAsync(id, 0, Lease, $"{{\"client\":{about}}}", cancellationToken).ConfigureAwait(false);
            _id = id;
            if (_keeping.IsCompleted)
                _keeping = Task.Run(KeepAsync, CancellationToken.None);
            return id;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task KeepAsync()
    {
        var heard = _patience.Time.GetTimestamp();
        var (renewed, stored) = (heard, heard);
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(PollInterval, _patience.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (_patience.Time.GetElapsedTime(renewed) > Lease / 3)
                {
                    await RenewAsync().ConfigureAwait(false);
                    renewed = _patience.Time.GetTimestamp();
                }

                if (_patience.Time.GetElapsedTime(stored) > CodeInterval && _entries.Values.Any(entry => entry is { IsPending: true, Code: not null }))
                {
                    await _uploads.RenewAsync(_closing.Token).ConfigureAwait(false);
                    stored = _patience.Time.GetTimestamp();
                }

                await AskAsync(NextPending()).ConfigureAwait(false);
                heard = _patience.Time.GetTimestamp();
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (CenterException problem)
            {
                if (_patience.Time.GetElapsedTime(heard) > _patience.Deadline)
                    FailPending(problem);
            }
        }
    }

    /// <returns>Whether the session lives on; otherwise everything has been asked for again.</returns>
    private async Task<bool> RenewAsync()
    {
        if (_id is not { } id)
            return false;
        if (await _center.Sessions.RenewAsync(id, Lease, _closing.Token).ConfigureAwait(false) == ScriptStatus.Done)
            return true;
        await StartOverAsync(id).ConfigureAwait(false);
        return false;
    }

    // The center has ended the session, or lost everything: all that is still in use is asked for again, in the order it was made.
    private async Task StartOverAsync(string? ended)
    {
        if (ended is null || Interlocked.CompareExchange(ref _id, null, ended) != ended)
            return;
        if (Interlocked.Exchange(ref _listening, null) is { } listening)
            await listening.DisposeAsync().ConfigureAwait(false);
        _uploads.Forget();
        lock (_lock)
        {
            var waiting = _queue.ToHashSet();
            var again = _entries.Values.Where(entry => !waiting.Contains(entry)).Concat(waiting).OrderBy(entry => entry.Number).ToList();
            _queue.Clear();
            again.ForEach(_queue.Enqueue);
            if (_sending || _queue.Count == 0)
                return;
            _sending = true;
        }

        _ = SendAsync();
    }

    private void OnFinished(FinishedTasks finished)
    {
        List<FutureEntry>? unsure = null;
        foreach (var (key, result) in finished.Tasks)
        {
            if (!_entries.TryGetValue(key, out var entry) || !entry.IsPending)
                continue;
            if (result.State == TaskState.Done)
                Apply(entry, result);
            else
                (unsure ??= []).Add(entry);
        }

        // A message may be old: the key may have been asked for again since.
        if (unsure is not null)
            _ = AskQuietlyAsync(unsure);
    }

    private async Task AskQuietlyAsync(List<FutureEntry> entries)
    {
        try
        {
            await AskAsync(entries).ConfigureAwait(false);
        }
        catch (CenterException)
        {
            // They are asked for again with the next round.
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // All of them end now.
        }
    }

    private async Task AskAsync(List<FutureEntry> entries)
    {
        entries = entries.FindAll(entry => entry.IsSubmitted);
        if (entries.Count == 0)
            return;
        var results = await _center.Sessions.GetAsync(entries.ConvertAll(entry => entry.Key), _closing.Token).ConfigureAwait(false);
        // A center that lost everything knows none of them.
        if (results.Any(result => result.State == TaskState.Cancelled) && !await RenewAsync().ConfigureAwait(false))
            return;
        for (var at = 0; at < entries.Count; at++)
            Apply(entries[at], results[at]);
    }

    private static void Apply(FutureEntry entry, TaskResult result)
    {
        if (result.State == TaskState.Done)
        {
            entry.Location = result.Location;
            entry.End(FutureStatus.Done, FinishedCall.ValueOf(result), null);
        }
        else if (result.State == TaskState.Failed)
            entry.End(FutureStatus.Failed, null, FinishedCall.ProblemOf(entry.Key, result.Error));
        else if (result.State == TaskState.Cancelled)
            entry.End(FutureStatus.Cancelled, null, null);
    }

    // Some of what is pending, from where the last time ended.
    private List<FutureEntry> NextPending()
    {
        var pending = new List<FutureEntry>();
        _round ??= _entries.GetEnumerator();
        while (pending.Count < MostAsked)
        {
            if (!_round.MoveNext())
            {
                _round.Dispose();
                _round = null;
                break;
            }

            if (_round.Current.Value is { IsPending: true, IsSubmitted: true } entry)
                pending.Add(entry);
        }

        return pending;
    }

    private void FailPending(CenterException problem)
    {
        foreach (var entry in _entries.Values)
            entry.End(FutureStatus.Failed, null, problem);
    }

    private async Task CloseAsync()
    {
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            using var soon = new CancellationTokenSource(Farewell, _patience.Time);
            if (_listening is { } listening)
                await listening.DisposeAsync().ConfigureAwait(false);
            if (_id is { } id)
                await _center.Sessions.CloseAsync(id, soon.Token).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is CenterException or OperationCanceledException)
        {
            // Without a word the session ends by itself, one lease later.
        }

        _opening.Dispose();
    }
}
