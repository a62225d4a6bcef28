using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Transfer;

namespace Blaze.Storage.Client.Futures;

// Values that no call of this session made, and values that were lost.
internal sealed partial class FutureSession
{
    // To fetch fewer bytes takes no longer than to wait for the worker that has them.
    private const long WorthAPlace = 1 << 20;

    // Whoever runs it has to have its argument.
    private static readonly CallFunction Size = CallFunction.Named("size");
    private static readonly CallOptions Urgent = new() { Pure = false, Priority = 100 };

    /// <summary>Makes values the session's own.</summary>
    /// <param name="values">Each with a key that nobody used before.</param>
    /// <param name="cancellationToken">Ends the wait for the center.</param>
    /// <returns>What is known of the keys, in their order, each with one holder.</returns>
    public async Task<IReadOnlyList<FutureEntry>> PutAsync(IReadOnlyList<KeyValuePair<string, TaskValue>> values, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(BlazeClient));
        var entries = new List<FutureEntry>(values.Count);
        lock (_lock)
        {
            foreach (var (key, value) in values)
            {
                var entry = new FutureEntry(this, new TaskAddition(key, default, [], Cost: 1, Bytes: 0), null, []) { Number = _count++, Put = value, Location = value.Location, IsSubmitted = true };
                entry.TryHold();
                entry.End(FutureStatus.Done, null, null);
                _entries[key] = entry;
                entries.Add(entry);
            }
        }

        await PutAsync(entries, cancellationToken).ConfigureAwait(false);
        return entries;
    }

    // The workers that hold most bytes of what a call needs, as far as that is known: those with nine tenths of what the first one has.
    private static IReadOnlyList<string> PlacesOf(IReadOnlyList<FutureEntry> needs)
    {
        Dictionary<string, long>? held = null;
        foreach (var need in needs)
        {
            foreach (var worker in need.Location?.Workers ?? [])
            {
                held ??= new(StringComparer.Ordinal);
                held[worker] = held.GetValueOrDefault(worker) + need.Location!.Length;
            }
        }

        if (held is null || held.Values.Max() is var most && most < WorthAPlace)
            return [];
        return [.. held.Where(one => one.Value * 10 >= most * 9).OrderByDescending(one => one.Value).Take(TaskAddition.MaxPlaces).Select(one => one.Key)];
    }

    private Task<bool> PutAsync(IReadOnlyList<FutureEntry> entries, CancellationToken cancellationToken) => _patience.RunAsync(
        async token =>
        {
            var session = await OpenAsync(token).ConfigureAwait(false);
            await _center.Sessions.PutAsync(session, [.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Put!))], token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private Task<PeerValue?> GetRemoteAsync(string key, ResultLocation location, bool isLast) =>
        _patience.RunAsync(token => _values.TryGetAsync(key, location, isLast, token), _closing.Token);

    // A client holds no task that it could send back to wait for its input, but a worker that runs one does.
    private async Task MakeAgainAsync(FutureEntry entry)
    {
        var call = BuiltCall.Of(Size, [CallArgument.Reference(entry.Key)], Urgent.Policy, Urgent.Pure);
        var size = Submit(Size, call, null, [entry], Urgent);
        try
        {
            await size.ValueAsync().ConfigureAwait(false);
        }
        finally
        {
            size.LetGo(atOnce: true);
        }
    }
}
