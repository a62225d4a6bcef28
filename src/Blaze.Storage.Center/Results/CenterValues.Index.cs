using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Results;

public sealed partial class CenterValues
{
    /// <summary>
    /// The indexed chunks of <paramref name="what"/> that start inside <paramref name="range"/>, by start. An entry may outlive its
    /// value; it goes when the value is asked for.
    /// </summary>
    public async Task<IReadOnlyList<ByteRange>> FindAsync(string what, ByteRange range, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        // Scores are doubles: above 2^53 they round, so the ends are inclusive here and exact below.
        var members = await _server.RunAsync(
            database => database.SortedSetRangeByScoreAsync(_keys.Index(what), range.Start, range.End), cancellationToken);
        return [.. Ranges(members).Where(chunk => range.Start <= chunk.Start && chunk.Start < range.End).Order()];
    }

    /// <summary>At most <paramref name="max"/> indexed keys that begin with <paramref name="prefix"/>, which holds at least the operation's token.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string prefix, int max, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var dot = prefix.IndexOf('.', StringComparison.Ordinal);
        var (what, part) = dot < 0 ? (prefix, "") : (prefix[..dot], prefix[(dot + 1)..]);
        string[] whats = dot < 0 ? await WhatsAsync(what, max, cancellationToken) : [what];
        var keys = new List<string>();
        foreach (var one in whats)
        {
            // Without more of the prefix the first max entries are enough; with it, any may match.
            var stop = part.Length == 0 ? max - keys.Count - 1 : -1;
            var members = await _server.RunAsync(database => database.SortedSetRangeByRankAsync(_keys.Index(one), 0, stop), cancellationToken);
            keys.AddRange(Ranges(members).Order().Select(range => new ChunkKey(one, range).ToString()).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)));
            if (keys.Count >= max)
                return keys[..max];
        }

        return keys;
    }

    private async Task<string[]> WhatsAsync(string prefix, int max, CancellationToken cancellationToken)
    {
        // No name has a character above '~', so that one ends the range of those that begin with the prefix.
        var found = await _server.RunAsync(
            database => database.SortedSetRangeByValueAsync(_keys.Whats, prefix, prefix + "~", Exclude.None, 0, max, CommandFlags.None), cancellationToken);
        return [.. found.Select(what => what.ToString())];
    }

    private async Task AddToIndexAsync(IEnumerable<StoredValue> values, CancellationToken cancellationToken)
    {
        foreach (var group in values.Select(value => Chunk(value.Key)).GroupBy(key => key.What))
        {
            RedisValue[] arguments = [group.Key, .. group.SelectMany(key => new RedisValue[] { key.Range.Start, key.Range.ToString() })];
            await _server.EvaluateAsync(CenterScripts.AddIndexed, [_keys.Index(group.Key), _keys.Whats], arguments, cancellationToken);
        }
    }

    private async Task RemoveFromIndexAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var chunks = keys.Select(key => ChunkKey.TryParse(key, out var chunk) ? chunk : null).OfType<ChunkKey>();
        foreach (var group in chunks.GroupBy(key => key.What))
        {
            RedisValue[] arguments = [group.Key, .. group.Select(key => (RedisValue)key.Range.ToString())];
            await _server.EvaluateAsync(CenterScripts.RemoveIndexed, [_keys.Index(group.Key), _keys.Whats], arguments, cancellationToken);
        }
    }

    private static ChunkKey Chunk(string key) => ChunkKey.TryParse(key, out var chunk)
        ? chunk
        : throw new CenterException(CenterErrorKind.Invalid, $"'{key}' is no key of a chunk, so it cannot be indexed.");

    private static IEnumerable<ByteRange> Ranges(RedisValue[] members)
    {
        foreach (var member in members)
        {
            if (ByteRange.TryParse(member.ToString(), out var range))
                yield return range;
        }
    }
}
