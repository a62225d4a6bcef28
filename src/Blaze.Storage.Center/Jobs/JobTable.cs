using System.Globalization;
using Blaze.Storage.Center.Keyspace;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Jobs;

/// <summary>Reads jobs. All calls fail with <see cref="CenterException"/> only.</summary>
public sealed partial class JobTable
{
    private static readonly string[] Names =
    [
        "state", "spec", "created", "ended", "priority", "root", "detail", "result", "error", "feed", "owner",
        "blocks.total", "blocks.cached", "blocks.computed", "bytes.total", "bytes.cached", "bytes.computed", "bytes.read", "bytes.remote",
    ];

    // What does not change while a job runs, and grows with the number of its sources.
    private static readonly string[] NamesWithoutPlan = [.. Names.Except(["spec", "detail"])];

    private const int PageSize = 512;
    private readonly CenterServer _server;
    private readonly ShardKeys _keys;

    internal JobTable(CenterServer server, ShardKeys keys)
    {
        _server = server;
        _keys = keys;
    }

    /// <summary>The record of a job; null where there is none (any more).</summary>
    public async Task<JobRecord?> GetAsync(string jobId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        return (await ReadAsync([jobId], Names, cancellationToken))[0];
    }

    /// <summary>
    /// The record of a job as <see cref="GetAsync"/> gives it, but without its question (empty) and its plan's detail (null), which can
    /// have megabytes: for looking again and again.
    /// </summary>
    public async Task<JobRecord?> GetWithoutPlanAsync(string jobId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        return (await ReadAsync([jobId], NamesWithoutPlan, cancellationToken))[0];
    }

    /// <summary>At most <paramref name="max"/> jobs, newest first.</summary>
    public async Task<IReadOnlyList<JobRecord>> ListAsync(int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var ids = await _server.RunAsync(
            database => database.SortedSetRangeByRankAsync(_keys.JobList, 0, max - 1, Order.Descending), cancellationToken);
        var jobs = new List<JobRecord>(ids.Length);
        foreach (var page in ids.Chunk(PageSize / Names.Length))
            jobs.AddRange((await ReadAsync([.. page.Select(id => id.ToString())], Names, cancellationToken)).OfType<JobRecord>());
        return jobs;
    }

    /// <summary>
    /// The entries of a job's feed from <paramref name="fromIndex"/> (0 is the first), at most <paramref name="max"/>: the keys of its
    /// finished blocks and what its plan announced, in the order of arrival. Empty where there is nothing more yet.
    /// </summary>
    public async Task<IReadOnlyList<string>> FeedAsync(string jobId, long fromIndex, int max, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        ArgumentOutOfRangeException.ThrowIfNegative(fromIndex);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var entries = new List<string>();
        while (entries.Count < max)
        {
            var start = fromIndex + entries.Count;
            RedisValue[] fields = [.. Enumerable.Range(0, Math.Min(PageSize, max - entries.Count)).Select(number => Field(jobId, start + number))];
            var page = await _server.RunAsync(database => database.HashGetAsync(_keys.Feed, fields), cancellationToken);
            var present = page.TakeWhile(entry => !entry.IsNull).Select(entry => entry.ToString()).ToArray();
            entries.AddRange(present);
            if (present.Length < page.Length)
                break;
        }

        return entries;
    }

    private static RedisValue Field(string jobId, long number) => string.Create(CultureInfo.InvariantCulture, $"{jobId} {number}");

    private async Task<JobRecord?[]> ReadAsync(string[] ids, string[] names, CancellationToken cancellationToken)
    {
        RedisValue[] fields = [.. ids.SelectMany(id => names.Select(name => (RedisValue)$"{id} {name}"))];
        var values = await _server.RunAsync(database => database.HashGetAsync(_keys.Jobs, fields), cancellationToken);
        return [.. values.Chunk(names.Length).Select((job, index) => Read(ids[index], names, job))];
    }

    private static JobRecord? Read(string id, string[] names, RedisValue[] values)
    {
        var fields = names.Zip(values).ToDictionary(field => field.First, field => field.Second);
        if (fields["state"].IsNull)
            return null;
        try
        {
            return new JobRecord(
                id,
                fields.GetValueOrDefault("spec").ToString() ?? "",
                Enum.Parse<JobState>(fields["state"].ToString(), ignoreCase: true),
                DateTimeOffset.FromUnixTimeMilliseconds(Number(fields["created"])),
                fields["ended"].IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds(Number(fields["ended"])),
                (int)Number(fields["priority"]),
                new JobProgress(
                    Number(fields["blocks.total"]), Number(fields["blocks.cached"]), Number(fields["blocks.computed"]),
                    Number(fields["bytes.total"]), Number(fields["bytes.cached"]), Number(fields["bytes.computed"]), Number(fields["bytes.read"]),
                    Number(fields["bytes.remote"])),
                fields["root"].ToString(),
                fields.GetValueOrDefault("detail"),
                fields["result"],
                fields["error"],
                Number(fields["feed"]));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new CenterException(CenterErrorKind.Corrupt, $"The center's record of job {id} cannot be read; submit the job again.", exception);
        }
    }

    private static long Number(RedisValue value) => value.IsNull ? 0 : long.Parse(value.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture);
}
