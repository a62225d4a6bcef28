using System.Globalization;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Core.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests.Model;

/// <summary>Everything that can be seen of a task table as sorted lines of text.</summary>
internal static class Snapshot
{
    private static readonly string[] Counters =
    [
        "blocks.total", "blocks.cached", "blocks.computed", "bytes.total", "bytes.cached", "bytes.computed", "bytes.read", "bytes.remote",
    ];

    public static string OfModel(TaskTableModel model)
    {
        var lines = new List<string>
        {
            $"virtual {model.Virtual}", $"wake {model.WakeCount}", $"purge {model.PurgeCount}",
            $"ready {model.Tasks.Values.Count(task => task.State == TaskState.Ready && task.Places.Count + task.HardPlaces.Count == 0)}",
            $"places {string.Join(' ', model.Places.Order())}",
            $"leased {model.Tasks.Values.Count(task => task.State == TaskState.Leased)}",
        };
        lines.AddRange(model.Tasks.Values.Select(task =>
        {
            var flags = (task.IsRoot ? "r" : "") + (task.IsAccounted ? "a" : "") + (task.Continued ? "c" : "")
                + (task.Holds > 0 ? "u" : "") + (task.HoldsAlias > 0 ? "h" : "") + (task.IsLocated ? "x" : "");
            return TaskLine(
                task.Key, Lower(task.State), task.Attempt, task.Losses, task.Missing, task.Bytes, task.Tag, task.Pages, flags, task.HasWaited, task.Places, task.Jobs, task.Alias)
                + RestOf(task.Uses, task.Retries, task.Priority, task.Loose, task.HardPlaces, task.Result, task.IsLater);
        }));
        lines.AddRange(model.Tasks.Values.Where(task => task.State == TaskState.Ready && task.Places.Count + task.HardPlaces.Count > 0).SelectMany(task =>
            (task.HardPlaces.Count > 0 ? task.HardPlaces.Select(place => "=" + place.Split('+')[0]) : task.Places.Append("~")).Select(place => string.Create(CultureInfo.InvariantCulture, $"near {place} {task.Score + 2e15:F0} {task.Key}"))));
        lines.AddRange(model.Jobs.Values.Where(job => !job.IsSession).Select(job => JobLine(
            job.Id, job.State, job.Result, job.FailedWith, job.Detail, Counters.Select(name => job.Counters.GetValueOrDefault(name)), job.Feed)));
        return Sorted(lines);
    }

    public static async Task<string> OfServerAsync(CenterServer server, ShardKeys keys, CancellationToken cancellationToken)
    {
        var all = keys.All;
        var aliases = await HashAsync(all[4]);
        var results = await HashAsync(all[20]);
        var later = (await MembersAsync(all[22])).ToHashSet();
        var lines = new List<string>
        {
            $"virtual {(await HashAsync(all[17])).GetValueOrDefault("virtual", "0")}",
            $"wake {await server.RunAsync(database => database.ListLengthAsync(all[16]), cancellationToken)}",
            $"purge {await server.RunAsync(database => database.ListLengthAsync(all[15]), cancellationToken)}",
            $"ready {await server.RunAsync(database => database.SortedSetLengthAsync(all[11]), cancellationToken)}",
            $"leased {await server.RunAsync(database => database.SortedSetLengthAsync(all[12]), cancellationToken)}",
        };
        lines.Add($"places {string.Join(' ', (await MembersAsync(all[19])).Order())}");
        lines.AddRange((await MembersAsync(all[18])).Select(member => $"near {member}"));
        foreach (var (key, line) in await HashAsync(all[0]))
        {
            var words = line.Split(' ');
            var rest = ListOf(words[5]).ToLookup(item => item[0], item => item[1..]);
            long Number(char letter) => rest[letter].Select(value => long.Parse(value, CultureInfo.InvariantCulture)).SingleOrDefault();
            lines.Add(TaskLine(
                key, words[0], long.Parse(words[1], CultureInfo.InvariantCulture), Number('l'), Number('m'), Number('b'),
                long.Parse(words[2], CultureInfo.InvariantCulture), Number('p'), rest['f'].SingleOrDefault("") + (rest['k'].Any() ? "u" : "") + (rest['g'].Any() ? "h" : ""), rest['s'].Any(),
                rest['@'], ListOf(words[4]), aliases.GetValueOrDefault(key))
                + RestOf(Number('u'), Number('t'), Number('v'), rest['~'], rest['='], results.GetValueOrDefault(key), later.Contains(key)));
        }

        var jobs = new JobTable(server, keys);
        foreach (var job in await jobs.ListAsync(100, cancellationToken))
        {
            var progress = job.Progress;
            var error = job.Error?.Contains("TaskLost", StringComparison.Ordinal) == true ? "lost"
                : job.Error?.Contains("\"Cancelled\"", StringComparison.Ordinal) == true ? "cancelled" : job.Error;
            lines.Add(JobLine(
                job.Id, job.State, job.ResultKey, error, job.Detail,
                [progress.BlocksTotal, progress.BlocksCached, progress.BlocksComputed, progress.BytesTotal, progress.BytesCached, progress.BytesComputed, progress.BytesRead, progress.BytesRemote],
                await jobs.FeedAsync(job.Id, 0, 10_000, cancellationToken)));
        }

        return Sorted(lines);

        static string[] ListOf(string word) => word == "-" ? [] : word.Split(',');

        async Task<IEnumerable<string>> MembersAsync(RedisKey key) =>
            (await server.RunAsync(database => database.SortedSetRangeByRankAsync(key), cancellationToken)).Select(member => member.ToString());

        async Task<Dictionary<string, string>> HashAsync(RedisKey key) =>
            (await server.RunAsync(database => database.HashGetAllAsync(key), cancellationToken)).ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString());
    }

    private static string TaskLine(
        string key, string state, long attempt, long losses, long missing, long bytes, long tag, long pages, string flags,
        bool hasWaited, IEnumerable<string> places, IEnumerable<string> jobs, string? alias) =>
        $"task {key} {state} attempt {attempt} losses {losses} missing {missing} bytes {bytes} tag {(state == "done" ? 0 : tag)} pages {pages} flags {string.Concat(flags.Where("racuhx".Contains).Order())} waited {hasWaited} places {string.Join(',', places)} jobs {string.Join(',', jobs)} alias {alias}";

    private static string RestOf(
        long uses, long retries, long priority, IEnumerable<string> loose, IEnumerable<string> hard, string? result, bool isLater) =>
        $" uses {uses} retries {retries} priority {priority} loose {string.Join(',', loose)} hard {string.Join(',', hard)} result {result} later {isLater}";

    private static string JobLine(string id, JobState state, string? result, string? error, string? detail, IEnumerable<long> counters, IEnumerable<string> feed) =>
        $"job {id} {state} result {result} error {error} detail {detail} counters {string.Join(' ', counters)} feed {string.Join(' ', feed)}";

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static string Lower(TaskState state) => state switch
    {
        TaskState.Waiting => "waiting",
        TaskState.Ready => "ready",
        TaskState.Leased => "leased",
        TaskState.Done => "done",
        TaskState.Failed => "failed",
        _ => "cancelled",
    };
}
