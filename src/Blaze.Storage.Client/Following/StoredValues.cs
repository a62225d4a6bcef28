using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Results;

namespace Blaze.Storage.Client.Following;

/// <summary>Reads stored values: from the center, else from the durable tier where this process has one.</summary>
internal sealed class StoredValues(ICenterView center, DurableTier? durable)
{
    /// <summary>The rows stored under each key, in the order of the keys; null where nothing usable is stored.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<ChunkValue>?>> ReadAsync(
        Operation operation, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var stored = await center.GetValuesAsync(keys, cancellationToken).ConfigureAwait(false);
        var values = new IReadOnlyList<ChunkValue>?[keys.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored[i] is { } bytes && SealedValue.TryUnseal(keys[i], bytes, out var body) ? Decode(operation, body.Span) : null;
            values[i] ??= await ReadDurableAsync(operation, keys[i], cancellationToken).ConfigureAwait(false);
        }

        return values;
    }

    private async Task<IReadOnlyList<ChunkValue>?> ReadDurableAsync(Operation operation, string text, CancellationToken cancellationToken)
    {
        if (durable is null || !ChunkKey.TryParse(text, out var key))
            return null;
        var body = await durable.GetAsync(key, cancellationToken).ConfigureAwait(false);
        return body is { } found ? Decode(operation, found.Span) : null;
    }

    // A value that cannot be read is like one that is not there: the next tier may have it whole.
    private static IReadOnlyList<ChunkValue>? Decode(Operation operation, ReadOnlySpan<byte> body)
    {
        try
        {
            return operation.Decode(body);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
