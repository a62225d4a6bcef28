using Blaze.Storage.Center.Scripts;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Jobs;

public sealed partial class JobTable
{
    private const int FirstReady = 64;
    private const int JobsWord = 4;

    /// <summary>How much waits, and for how long. Reads a bounded number of tasks, and notes those that it sees wait.</summary>
    public async Task<QueueState> QueueAsync(CancellationToken cancellationToken)
    {
        var look = await _server.EvaluateAsync(CenterScripts.LookAtQueue, _keys.All, [], cancellationToken);
        var (since, now) = ((long)look[3], DateTimeOffset.FromUnixTimeMilliseconds((long)look[4]));
        var first = await _server.RunAsync(database => database.SortedSetRangeByRankAsync(_keys.Ready, 0, FirstReady - 1), cancellationToken);
        // Of what prefers a place each task has one member for everybody.
        var others = await _server.RunAsync(database => database.SortedSetRangeByValueAsync(_keys.Near, "~ ", "~!", Exclude.Stop, Order.Ascending, 0, FirstReady), cancellationToken);
        RedisValue[] keys = [.. first, .. others.Select(member => (RedisValue)member.ToString().Split(' ', 3)[^1])];
        var oldest = keys.Length == 0 ? null : await OldestJobAsync(keys, cancellationToken);
        if (since >= 0 && DateTimeOffset.FromUnixTimeMilliseconds(since) is var seen && (oldest is null || seen < oldest))
            oldest = seen;
        return new QueueState((long)look[1], (long)look[2], oldest, now);
    }

    private async Task<DateTimeOffset?> OldestJobAsync(RedisValue[] tasks, CancellationToken cancellationToken)
    {
        var lines = await _server.RunAsync(database => database.HashGetAsync(_keys.Tasks, tasks), cancellationToken);
        RedisValue[] fields =
        [
            .. lines.Where(line => !line.IsNull)
                .Select(line => line.ToString().Split(' ', JobsWord + 2))
                .Where(words => words.Length > JobsWord)
                .SelectMany(words => words[JobsWord].Split(','))
                .Where(job => job is [not ('@' or '-'), ..])
                .Distinct()
                .Select(job => (RedisValue)$"{job} created"),
        ];
        if (fields.Length == 0)
            return null;
        var times = await _server.RunAsync(database => database.HashGetAsync(_keys.Jobs, fields), cancellationToken);
        var known = times.Where(time => !time.IsNull).Select(Number).ToList();
        return known.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(known.Min());
    }
}
