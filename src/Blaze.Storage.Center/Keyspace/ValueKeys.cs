using StackExchange.Redis;

namespace Blaze.Storage.Center.Keyspace;

/// <summary>The keys of the small values, all under one hash tag.</summary>
internal sealed class ValueKeys
{
    private readonly string _prefix;

    internal ValueKeys(string @namespace) => _prefix = $"blaze:{{{@namespace}/values}}:";

    /// <summary>Sorted set: key of a value → its last use in milliseconds.</summary>
    internal RedisKey Used => _prefix + "used";

    /// <summary>Hash: key of a value → <c>bytes refreshed</c>; the field <c> total</c> (with the space) → bytes of all.</summary>
    internal RedisKey Sizes => _prefix + "sizes";

    /// <summary>Sorted set of everything an index exists for, by name.</summary>
    internal RedisKey Whats => _prefix + "whats";

    /// <summary>The value itself.</summary>
    internal RedisKey Value(string key) => $"{_prefix}v:{key}";

    /// <summary>Sorted set: <c>start_end</c> → start.</summary>
    internal RedisKey Index(string what) => $"{_prefix}i:{what}";
}
