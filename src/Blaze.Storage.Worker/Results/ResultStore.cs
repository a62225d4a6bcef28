using Blaze.Storage.Center.Results;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Results;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Results;

/// <summary>
/// The values of keys in both tiers: the center, where small ones are, and the durable cache, which outlives it. A durable cache
/// that cannot be used is reported once and then left out; it costs recomputation, never an answer.
/// </summary>
internal sealed partial class ResultStore(CenterValues center, CenterRetry retry, DurableTier? durable, int inlineLimit, ILogger logger)
{
    private volatile bool _durableFailed;

    /// <summary>
    /// The bodies of values, null where a value is in neither tier. A damaged one is removed, so that whoever asks whether it is
    /// there does not take it for good.
    /// </summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> GetAsync(IReadOnlyList<string> keys, bool useDurable, CancellationToken cancellationToken)
    {
        var found = await retry.RunAsync(token => center.GetAsync(keys, token), cancellationToken);
        var bodies = new ReadOnlyMemory<byte>?[keys.Count];
        var damaged = new List<string>();
        for (var i = 0; i < bodies.Length; i++)
        {
            if (found[i] is { } bytes)
            {
                if (SealedValue.TryUnseal(keys[i], bytes, out var body))
                    bodies[i] = body;
                else
                    damaged.Add(keys[i]);
            }

            if (bodies[i] is null && DurableFor(useDurable) is { } tier && ChunkKey.TryParse(keys[i], out var key))
                bodies[i] = await tier.GetAsync(key, cancellationToken);
        }

        if (damaged.Count > 0)
            await retry.RunAsync(token => center.RemoveAsync(damaged, token), cancellationToken);
        return bodies;
    }

    /// <summary>Which of the keys have a value in the center, in the order given.</summary>
    public Task<IReadOnlyList<bool>> ContainsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        retry.RunAsync(token => center.ContainsAsync(keys, token), cancellationToken);

    /// <summary>The ranges of <paramref name="what"/> stored in either tier that may serve <paramref name="range"/>.</summary>
    /// <param name="what">The operation and the resources.</param>
    /// <param name="range">The bytes asked for.</param>
    /// <param name="around">Further ranges to look for, that start before it.</param>
    /// <param name="useDurable">Whether the durable cache is looked into.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyCollection<ByteRange>> FindAsync(
        string what, ByteRange range, IReadOnlyList<ByteRange> around, bool useDurable, CancellationToken cancellationToken)
    {
        var found = new HashSet<ByteRange>(await retry.RunAsync(token => center.FindAsync(what, range, token), cancellationToken));
        var exist = await ContainsAsync([.. around.Select(candidate => new ChunkKey(what, candidate).ToString())], cancellationToken);
        found.UnionWith(around.Where((_, index) => exist[index]));
        if (DurableFor(useDurable) is not { } tier)
            return found;
        try
        {
            await foreach (var stored in tier.ListAsync(what, cancellationToken))
                found.Add(stored);
        }
        catch (TierUnavailableException problem)
        {
            LeaveOut(problem);
        }

        return found;
    }

    /// <summary>Publishes values; when this returns, others can read them.</summary>
    public async Task PutAsync(IReadOnlyList<ComputedValue> values, CancellationToken cancellationToken)
    {
        var durably = await Task.WhenAll(values.Select(value => TryPutDurableAsync(value, cancellationToken)));
        // Without a durable cache even a large value must lie somewhere its readers can reach.
        var inline = values.Where((value, index) => !durably[index] || value.Body.Length <= inlineLimit)
            .Select(value => new StoredValue(value.Key, SealedValue.Seal(value.Key, value.Body), value.Stored))
            .ToList();
        if (inline.Count > 0)
            await retry.RunAsync(token => center.PutAsync(inline, token), cancellationToken);
    }

    /// <summary>The largest value in bytes that is put into the center although a durable cache has it.</summary>
    public int InlineLimit => inlineLimit;

    /// <summary>Makes sure that a value found in either tier can be read by clients that have the center alone.</summary>
    public async Task ShareAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if ((await ContainsAsync([key], cancellationToken))[0])
            return;
        IReadOnlyList<StoredValue> value = [new StoredValue(key, SealedValue.Seal(key, body.Span), Indexed: true)];
        await retry.RunAsync(token => center.PutAsync(value, token), cancellationToken);
    }

    private async Task<bool> TryPutDurableAsync(ComputedValue value, CancellationToken cancellationToken)
    {
        if (!value.Stored || DurableFor(value.Durable) is not { } tier || !ChunkKey.TryParse(value.Key, out var key))
            return false;
        try
        {
            await tier.PutAsync(key, value.Body, cancellationToken);
            return true;
        }
        catch (TierUnavailableException problem)
        {
            LeaveOut(problem);
            return false;
        }
    }

    private DurableTier? DurableFor(bool wanted) => wanted && !_durableFailed ? durable : null;

    private void LeaveOut(TierUnavailableException problem)
    {
        if (_durableFailed)
            return;
        _durableFailed = true;
        LogDurableCacheLeftOut(logger, problem.Message);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "Going on without the durable cache: {Problem}")]
    private static partial void LogDurableCacheLeftOut(ILogger logger, string problem);
}
