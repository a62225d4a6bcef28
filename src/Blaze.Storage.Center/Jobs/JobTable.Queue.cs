using System.Globalization;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Jobs;

public sealed partial class JobTable
{
    private const int FirstReady = 64;
    private const int JobsWord = 4;

    /// <summary>How much waits, and for how long. Reads a bounded number of tasks.</summary>
    public async Task<QueueState> QueueAsync(CancellationToken cancellationToken)
    {
        var plain = _server.RunAsync(database => database.SortedSetLengthAsync(_keys.Ready), cancellationToken);
        // Of what prefers a place each task has one member for everybody; of what is bound to places, one for each of these.
        var near = _server.RunAsync(database => database.SortedSetLengthByValueAsync(_keys.Near, "~ ", "~!", Exclude.Stop), cancellationToken);
        var bound = _server.RunAsync(database => database.SortedSetLengthByValueAsync(_keys.Near, "=", ">", Exclude.Stop), cancellationToken);
        var leased = _server.RunAsync(database => database.SortedSetLengthAsync(_keys.Leased), cancellationToken);
        var first = await _server.RunAsync(database => database.SortedSetRangeByRankAsync(_keys.Ready, 0, FirstReady - 1), cancellationToken);
        var others = await _server.RunAsync(database => database.SortedSetRangeByValueAsync(_keys.Near, "~ ", "~!", Exclude.Stop, 0, FirstReady), cancellationToken);
        RedisValue[] keys = [.. first, .. others.Select(member => (RedisValue)member.ToString().Split(' ', 3)[^1])];
        var oldest = keys.Length == 0 ? null : await OldestJobAsync(keys, cancellationToken);
        var time = (string[])(await _server.RunAsync(database => database.ExecuteAsync("TIME"), cancellationToken))!;
        var now = DateTimeOffset.FromUnixTimeMilliseconds((long.Parse(time[0], CultureInfo.InvariantCulture) * 1000) + (long.Parse(time[1], CultureInfo.InvariantCulture) / 1000));
        return new QueueState(await plain + await near + await bound, await leased, oldest, now);
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
