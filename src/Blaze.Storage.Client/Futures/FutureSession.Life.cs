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
    private readonly Queue<string> _round = new();

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

                if (_patience.Time.GetElapsedTime(stored) > CodeInterval && !_uploads.IsEmpty && Entries().Any(entry => entry is { IsPending: true, Code: not null }))
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
        var entries = new FutureEntry?[finished.Tasks.Count];
        lock (_lock)
        {
            for (var at = 0; at < entries.Length; at++)
                entries[at] = _entries.GetValueOrDefault(finished.Tasks[at].Key);
        }

        for (var at = 0; at < entries.Length; at++)
        {
            if (entries[at] is not { IsPending: true } entry)
                continue;
            if (finished.Tasks[at].Value is { State: TaskState.Done } result)
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
        var standing = await _center.Sessions.GetStatesAsync(entries.ConvertAll(entry => entry.Key), _closing.Token).ConfigureAwait(false);
        // A center that lost everything knows none of them.
        if (standing.Any(result => result.State == TaskState.Cancelled) && !await RenewAsync().ConfigureAwait(false))
            return;
        // Nearly all go on; only of those that are done the values are read.
        var done = entries.Where((_, at) => standing[at].State == TaskState.Done).ToList();
        for (var at = 0; at < entries.Count; at++)
        {
            if (standing[at].State != TaskState.Done)
                Apply(entries[at], standing[at]);
        }

        var results = await _center.Sessions.GetAsync(done.ConvertAll(entry => entry.Key), _closing.Token).ConfigureAwait(false);
        for (var at = 0; at < done.Count; at++)
            Apply(done[at], results[at]);
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
        lock (_lock)
        {
            if (_round.Count == 0)
            {
                foreach (var (key, entry) in _entries)
                {
                    if (entry is { IsPending: true, IsSubmitted: true })
                        _round.Enqueue(key);
                }
            }

            while (pending.Count < MostAsked && _round.TryDequeue(out var next))
            {
                if (_entries.TryGetValue(next, out var entry) && entry.IsPending)
                    pending.Add(entry);
            }
        }

        return pending;
    }

    private void FailPending(CenterException problem)
    {
        foreach (var entry in Entries())
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
