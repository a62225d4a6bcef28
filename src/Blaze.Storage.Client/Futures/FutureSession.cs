using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Tasks;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Client.Futures;

/// <summary>
/// The futures of one client. Calls are sent one batch after the other, in the order they were made: a single one at once, and what comes
/// while a batch is under way together in the next one. So what a call needs is always in the center before it.
/// </summary>
internal sealed partial class FutureSession : IAsyncDisposable
{
    private const int MostAtOnce = 4096;
    private const int MostLosses = 3;

    private readonly CenterConnection _center;
    private readonly Patience _patience;
    private readonly CodeUploads _uploads;
    private readonly ResultFetcher _fetcher;
    private readonly RemoteValues _values;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FutureEntry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<FutureEntry> _queue = new();
    private List<FutureEntry> _cancelled = [];
    private bool _sending;
    private long _count;

    /// <param name="center">The center; stays the caller's to dispose.</param>
    /// <param name="values">The way to values that workers keep; stays the caller's to dispose.</param>
    /// <param name="time">The clock.</param>
    /// <param name="awayDeadline">How long the center may be away before what is pending fails.</param>
    public FutureSession(CenterConnection center, RemoteValues values, TimeProvider time, TimeSpan awayDeadline)
    {
        _center = center;
        _values = values;
        _patience = new Patience(time, awayDeadline);
        _uploads = new CodeUploads(center.Values);
        _fetcher = new ResultFetcher(center, _patience, _closing.Token);
    }

    /// <summary>Takes a call and returns at once.</summary>
    /// <param name="function">What it calls.</param>
    /// <param name="call">The call.</param>
    /// <param name="code">The code that must be stored for it, or null.</param>
    /// <param name="needs">The calls whose values are its arguments; they must be held meanwhile.</param>
    /// <param name="options">How it is run.</param>
    /// <returns>What is known of its key, with one more holder.</returns>
    public FutureEntry Submit(CallFunction function, BuiltCall call, CapturedFunction? code, IReadOnlyList<FutureEntry> needs, CallOptions options)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(BlazeClient));
        lock (_lock)
        {
            if (_entries.TryGetValue(call.Key, out var known) && known.MayBeShared && known.TryHold())
                return known;
            var addition = new TaskAddition(call.Key, call.Recipe, call.Needs, Cost: 1, Bytes: 0)
            {
                Priority = options.Priority,
                // Who names the only places knows better: where none of these has the values, waiting for those who do is in vain.
                Places = options.Places.Count > 0 || options.OnlyPlaces.Count > 0 || needs.Count == 0 ? options.Places : PlacesOf(needs),
                HardPlaces = CallDemand.HardPlaces(function, options.Policy.Resources, options.OnlyPlaces),
            };
            var entry = new FutureEntry(this, addition, code, needs) { Number = _count++ };
            entry.TryHold();
            Hold(needs);
            _entries[call.Key] = entry;
            _queue.Enqueue(entry);
            if (_sending)
                return entry;
            _sending = true;
            _ = SendAsync();
            return entry;
        }
    }

    /// <summary>The value of a call that has ended, and what holds its bytes where they are not simply part of it.</summary>
    public async ValueTask<(Value Value, IDisposable? Owner)> FetchAsync(FutureEntry entry)
    {
        for (var losses = 0; ;)
        {
            var result = await _fetcher.GetAsync(entry.Key).ConfigureAwait(false);
            switch (result.State)
            {
                case TaskState.Done when result.Location is { } location:
                    if (await GetRemoteAsync(entry.Key, location, isLast: losses == MostLosses).ConfigureAwait(false) is { } remote)
                        return (remote.Value, remote);
                    losses++;
                    await MakeAgainAsync(entry).ConfigureAwait(false);
                    break;
                case TaskState.Done:
                    return (FinishedCall.ValueOf(result) ?? await FetchStoredAsync(entry.Key).ConfigureAwait(false), null);
                case TaskState.Failed:
                    throw FinishedCall.ProblemOf(entry.Key, result.Error);
                case TaskState.Cancelled:
                    throw new TaskCanceledException($"The call '{entry.Key}' was cancelled.");
                default:
                    // Its value was lost, and is being made again.
                    await Task.Delay(PollInterval, _patience.Time, _closing.Token).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Ends the session: what is pending ends as cancelled, and the center lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_closing.IsCancellationRequested)
                return;
            _closing.Cancel();
        }

        await CloseAsync().ConfigureAwait(false);
        foreach (var entry in Entries())
            entry.End(FutureStatus.Cancelled, null, null);
        _letGo?.TrySetResult();
    }

    private static void Hold(IReadOnlyList<FutureEntry> needs)
    {
        for (var at = 0; at < needs.Count; at++)
        {
            if (needs[at].TryHold())
                continue;
            while (at-- > 0)
                needs[at].LetGo(atOnce: false);
            throw new ObjectDisposedException(nameof(Future));
        }
    }

    // Those there are now; what happens to them may change the table.
    private FutureEntry[] Entries()
    {
        lock (_lock)
            return [.. _entries.Values];
    }

    private async Task SendAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                if (batch.Calls.Count > 0)
                    await SubmitAsync(batch.Calls).ConfigureAwait(false);
                if (batch.Cancelled.Count > 0)
                    await CancelNowAsync(batch.Cancelled).ConfigureAwait(false);
                if (batch.Released.Count > 0)
                    await ReleaseAsync(batch.Released).ConfigureAwait(false);
                batch.LetGo?.TrySetResult();
            }
            catch (CenterException ended) when (ended.Kind == CenterErrorKind.SessionEnded)
            {
                await StartOverAsync(_id).ConfigureAwait(false);
                // What it had went with the session.
                batch.LetGo?.TrySetResult();
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                // The session ends, and all it has with it.
                foreach (var entry in batch.Calls.Concat(batch.Cancelled))
                    entry.End(FutureStatus.Cancelled, null, null);
                batch.LetGo?.TrySetResult();
            }
            catch (Exception problem)
            {
                // Whatever it is, nobody may wait for these for ever.
                foreach (var entry in batch.Calls.Concat(batch.Cancelled))
                    entry.End(FutureStatus.Failed, null, problem);
                batch.LetGo?.TrySetException(problem);
            }
        }
    }

    private Batch? Take()
    {
        lock (_lock)
        {
            _sending = (_queue.Count > 0 || _cancelled.Count > 0 || _releaseIsDue) && !_closing.IsCancellationRequested;
            if (!_sending)
                return null;
            var calls = new List<FutureEntry>(Math.Min(_queue.Count, MostAtOnce));
            while (calls.Count < MostAtOnce && _queue.TryDequeue(out var next))
                calls.Add(next);
            // What is cancelled is sent before, so that the center can tell those who wait for it.
            var cancelled = _queue.Count == 0 ? _cancelled : [];
            _cancelled = _queue.Count == 0 ? [] : _cancelled;
            var (released, letGo) = TakeReleased();
            return new Batch(calls, cancelled, released, letGo);
        }
    }

    private async Task SubmitAsync(List<FutureEntry> batch)
    {
        if (batch.Exists(entry => entry.Put is not null))
        {
            // The session began anew; calls may need these.
            await PutAsync(batch.FindAll(entry => entry.Put is not null), _closing.Token).ConfigureAwait(false);
            batch = batch.FindAll(entry => entry.Put is null);
            if (batch.Count == 0)
                return;
        }

        var additions = batch.ConvertAll(entry => entry.Addition);
        var code = batch.Where(entry => entry.Code is not null).Select(entry => entry.Code!).Distinct().ToList();
        var states = await _patience.RunAsync(
            async token =>
            {
                var session = await OpenAsync(token).ConfigureAwait(false);
                if (code.Count > 0)
                    await _uploads.StoreAsync(code, token).ConfigureAwait(false);
                return await _center.Sessions.SubmitAsync(session, additions, token).ConfigureAwait(false);
            },
            _closing.Token).ConfigureAwait(false);
        for (var at = 0; at < batch.Count; at++)
        {
            batch[at].IsSubmitted = true;
            if (states[at] == TaskState.Done)
                batch[at].End(FutureStatus.Done, null, null);
            else if (states[at] == TaskState.Failed)
                batch[at].End(FutureStatus.Failed, null, null);
        }
    }

    /// <summary>Ends calls as cancelled, once the center knows it.</summary>
    public Task CancelAsync(IReadOnlyList<FutureEntry> entries)
    {
        var pending = entries.Where(entry => entry.IsPending).ToList();
        lock (_lock)
        {
            _cancelled.AddRange(pending);
            if (!_sending && pending.Count > 0)
            {
                _sending = true;
                _ = Task.Run(SendAsync);
            }
        }

        return Task.WhenAll(pending.Select(entry => entry.Ended));
    }

    private async Task CancelNowAsync(List<FutureEntry> entries)
    {
        await _patience.RunAsync(
            async token =>
            {
                var session = await OpenAsync(token).ConfigureAwait(false);
                return await _center.Sessions.CancelAsync(session, entries.ConvertAll(entry => entry.Key), token).ConfigureAwait(false);
            },
            _closing.Token).ConfigureAwait(false);
        entries.ForEach(entry => entry.End(FutureStatus.Cancelled, null, null));
    }

    // Larger values that no worker keeps lie beside the small ones.
    private async Task<Value> FetchStoredAsync(string key)
    {
        var found = await _patience.RunAsync(token => _center.Values.GetAsync([key], token), _closing.Token).ConfigureAwait(false);
        return found[0] is { } stored
            ? StoredForm.Read(stored, key)
            : throw new Core.BlazeException($"The value of '{key}' is no longer in the center; submit the call again.");
    }

    /// <summary>What is sent together.</summary>
    /// <param name="Calls">What is submitted.</param>
    /// <param name="Cancelled">What is cancelled then.</param>
    /// <param name="Released">What is let go then.</param>
    /// <param name="LetGo">Is told when all of that has happened, where somebody waits for it.</param>
    private sealed record Batch(List<FutureEntry> Calls, List<FutureEntry> Cancelled, List<string> Released, TaskCompletionSource? LetGo);
}
