using StackExchange.Redis;

namespace Blaze.Storage.Center.Keyspace;

/// <summary>The keys and channels of a shard of the task table, all under one hash tag.</summary>
internal sealed class ShardKeys
{
    private static readonly string[] Names =
    [
        "tasks", "recipes", "needs", "links", "aliases", "errors", "jobs", "feed", "owned", "workers", "seen", "ready",
        "leased", "joblist", "ended", "purge", "wake", "meta", "near", "places",
        "results", "sessions", "later",
    ];

    private readonly string _prefix;

    internal ShardKeys(string @namespace, int shard)
    {
        _prefix = $"blaze:{{{@namespace}/{shard}}}:";
        All = [.. Names.Select(name => (RedisKey)(_prefix + name))];
    }

    /// <summary>Every key, in the order the scripts take them.</summary>
    internal RedisKey[] All { get; }

    internal RedisKey Tasks => _prefix + "tasks";

    internal RedisKey Errors => _prefix + "errors";

    internal RedisKey Results => _prefix + "results";

    internal RedisKey Aliases => _prefix + "aliases";

    internal RedisKey Jobs => _prefix + "jobs";

    internal RedisKey Feed => _prefix + "feed";

    internal RedisKey Workers => _prefix + "workers";

    internal RedisKey Seen => _prefix + "seen";

    internal RedisKey JobList => _prefix + "joblist";

    internal RedisKey Ready => _prefix + "ready";

    internal RedisKey Near => _prefix + "near";

    internal RedisKey Leased => _prefix + "leased";

    internal RedisKey Meta => _prefix + "meta";

    /// <summary>The field of <see cref="Meta"/> with the task that was handed over to a worker last.</summary>
    internal static RedisValue GivenField(string worker) => "given " + worker;

    internal RedisChannel ReadyChannel => Channel("ready");

    internal RedisChannel EndedChannel => Channel("ended");

    internal RedisChannel CancelledChannel => Channel("cancelled");

    /// <summary>Where workers are told of the demands of tasks that became ready.</summary>
    internal RedisChannel DemandChannel => Channel("demand");

    /// <summary>Where a session is told of tasks that ended.</summary>
    internal RedisChannel FinishedChannel(string session) => Channel("finished:" + session);

    /// <summary>Where a worker is told of keys whose values it is to drop, or that it is to stop computing.</summary>
    internal RedisChannel DroppedChannel(string worker) => Channel("dropped:" + worker);

    /// <summary>Where a worker with nothing to do is given a task.</summary>
    internal RedisChannel GivenChannel(string worker) => Channel("given:" + worker);

    private RedisChannel Channel(string name) => new(_prefix + name, RedisChannel.PatternMode.Literal);
}
