using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Tasks;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;
using Blaze.Storage.Worker.Peers;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Finds the values that calls take as arguments: with the claim, in the center, here, or at other workers.</summary>
internal sealed class CallInputs(CenterConnection center, CenterRetry retry, WorkerValues values)
{
    private const int FetchesAtOnce = 4;

    /// <summary>The values of all keys among some arguments.</summary>
    /// <exception cref="LostInputsException">Values that were there are gone.</exception>
    public ValueTask<CallValues> FindAsync(ClaimedTask task, IReadOnlyList<CallArgument> arguments, CancellationToken cancellationToken)
    {
        var found = new CallValues();
        Dictionary<string, ResultLocation>? located = null;
        HashSet<string>? unknown = null;
        foreach (var input in task.Inputs)
        {
            if (input.Value is { Inline: { } bytes, Format: var format })
                found.Add(input.Key, new Value(format, bytes));
            else if (input.Value.Location is { } location)
                (located ??= new(StringComparer.Ordinal))[input.Key] = location;
        }

        foreach (var key in KeysOf(arguments))
        {
            if (!found.Contains(key) && located?.ContainsKey(key) != true)
                (unknown ??= new(StringComparer.Ordinal)).Add(key);
        }

        return located is null && unknown is null ? new ValueTask<CallValues>(found) : FetchAsync(found, located ?? [], unknown, cancellationToken);
    }

    private async ValueTask<CallValues> FetchAsync(
        CallValues found, Dictionary<string, ResultLocation> located, IReadOnlyCollection<string>? unknown, CancellationToken cancellationToken)
    {
        try
        {
            var lost = unknown is null ? [] : await FetchSmallAsync(found, located, [.. unknown], cancellationToken);
            foreach (var page in located.Chunk(FetchesAtOnce))
            {
                // All of them end before any failure is heard of, so that what came is let go again.
                var fetches = Array.ConvertAll(page, one => FetchAsync(found, one.Key, one.Value, cancellationToken));
                await Task.WhenAll(fetches);
                lost.AddRange(fetches.Select(fetch => fetch.Result).OfType<LostValue>());
            }

            return lost.Count == 0 ? found : throw new LostInputsException(lost);
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    // What the center knows of keys that did not come with the claim; answers those that are nowhere.
    private async Task<List<LostValue>> FetchSmallAsync(CallValues found, Dictionary<string, ResultLocation> located, string[] keys, CancellationToken cancellationToken)
    {
        var results = await retry.RunAsync(token => center.Sessions.GetAsync(keys, token), cancellationToken);
        List<string>? stored = null;
        for (var at = 0; at < keys.Length; at++)
        {
            if (results[at] is { State: TaskState.Done, Inline: { } bytes } result)
                found.Add(keys[at], new Value(result.Format ?? ValueFormat.Json, bytes));
            else if (results[at].Location is { } location)
                located[keys[at]] = location;
            else
                (stored ??= []).Add(keys[at]);
        }

        return stored is null ? [] : await FetchStoredAsync(found, stored, cancellationToken);
    }

    // Values of chunk jobs, and of workers that keep none themselves, lie in the center beside the results.
    private async Task<List<LostValue>> FetchStoredAsync(CallValues found, List<string> keys, CancellationToken cancellationToken)
    {
        var resolved = await retry.RunAsync(token => center.Tasks.ResolveAsync(keys, token), cancellationToken);
        var stored = await retry.RunAsync(token => center.Values.GetAsync(resolved, token), cancellationToken);
        var lost = new List<LostValue>();
        for (var at = 0; at < keys.Count; at++)
        {
            if (stored[at] is { } bytes)
                found.Add(keys[at], StoredForm.Read(bytes, keys[at]));
            else
                lost.Add(new LostValue(resolved[at], []));
        }

        return lost;
    }

    /// <returns>Null; or, where nobody gives the value, the key whose task has to make it again, with those who were asked.</returns>
    private async Task<LostValue?> FetchAsync(CallValues found, string key, ResultLocation location, CancellationToken cancellationToken)
    {
        var lease = await TryGetAsync(key, location, cancellationToken);
        if (lease is not null)
        {
            found.Add(key, lease);
            return null;
        }

        // The value may be another key's, and may have been made anew elsewhere since the claim.
        var name = (await retry.RunAsync(token => center.Tasks.ResolveAsync([key], token), cancellationToken))[0];
        var now = (await retry.RunAsync(token => center.Sessions.GetAsync([name], token), cancellationToken))[0];
        if (now.Location is { } current && (name != key || !current.Workers.SequenceEqual(location.Workers) || current.Checksum != location.Checksum))
        {
            location = current;
            lease = await TryGetAsync(name, current, cancellationToken);
        }

        if (lease is null)
            return new LostValue(name, location.Workers);
        found.Add(key, lease);
        return null;
    }

    private async Task<ValueLease?> TryGetAsync(string key, ResultLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return await values.GetAsync(key, location, cancellationToken);
        }
        catch (PeerException problem) when (problem.Kind != PeerErrorKind.Refused)
        {
            return null;
        }
    }

    private static IEnumerable<string> KeysOf(IReadOnlyList<CallArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Key is { } key)
                yield return key;
            else if (argument.List is { } list)
            {
                foreach (var inner in KeysOf(list))
                    yield return inner;
            }
        }
    }
}

/// <summary>Values a call needs are gone; their tasks can make them again.</summary>
internal sealed class LostInputsException(IReadOnlyList<LostValue> values) : Exception
{
    public IReadOnlyList<LostValue> Values { get; } = values;
}
