using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Tasks;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Worker.Calls;

/// <summary>Finds the values that calls take as arguments: with the claim, or in the center.</summary>
internal sealed class CallInputs(CenterConnection center, CenterRetry retry)
{
    /// <summary>The values of all keys among some arguments.</summary>
    /// <exception cref="LostInputsException">Values that were there are gone.</exception>
    public ValueTask<IReadOnlyDictionary<string, Value>> FindAsync(ClaimedTask task, IReadOnlyList<CallArgument> arguments, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Value>(StringComparer.Ordinal);
        List<string>? missing = null;
        foreach (var input in task.Inputs)
        {
            if (input.Value is { Inline: { } bytes, Format: var format })
                found[input.Key] = new Value(format, bytes);
        }

        foreach (var key in KeysOf(arguments))
        {
            if (!found.ContainsKey(key))
                (missing ??= []).Add(key);
        }

        return missing is null ? new ValueTask<IReadOnlyDictionary<string, Value>>(found) : FetchAsync(found, missing, cancellationToken);
    }

    private async ValueTask<IReadOnlyDictionary<string, Value>> FetchAsync(Dictionary<string, Value> found, List<string> missing, CancellationToken cancellationToken)
    {
        string[] keys = [.. missing.Distinct(StringComparer.Ordinal)];
        var results = await retry.RunAsync(token => center.Sessions.GetAsync(keys, token), cancellationToken);
        List<string>? stored = null;
        for (var at = 0; at < keys.Length; at++)
        {
            if (results[at] is { State: TaskState.Done, Inline: { } bytes } result)
                found[keys[at]] = new Value(result.Format ?? ValueFormat.Json, bytes);
            else
                (stored ??= []).Add(keys[at]);
        }

        if (stored is not null)
            await FetchStoredAsync(found, stored, cancellationToken);
        return found;
    }

    // Larger values lie in the center beside the results.
    private async Task FetchStoredAsync(Dictionary<string, Value> found, List<string> keys, CancellationToken cancellationToken)
    {
        var resolved = await retry.RunAsync(token => center.Tasks.ResolveAsync(keys, token), cancellationToken);
        var values = await retry.RunAsync(token => center.Values.GetAsync(resolved, token), cancellationToken);
        var lost = new List<string>();
        for (var at = 0; at < keys.Count; at++)
        {
            if (values[at] is { } bytes)
                found[keys[at]] = StoredForm.Read(bytes, keys[at]);
            else
                lost.Add(resolved[at]);
        }

        if (lost.Count > 0)
            throw new LostInputsException(lost);
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
internal sealed class LostInputsException(IReadOnlyList<string> keys) : Exception
{
    public IReadOnlyList<string> Keys { get; } = keys;
}
