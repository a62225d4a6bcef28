using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests.Model;

/// <summary>Makes the same calls to a server and to the model, and compares answers and everything that can be seen after each.</summary>
internal sealed class Story(CenterServer server, string @namespace, CancellationToken cancellationToken)
{
    private const int Keys = 9;
    private const int JobIds = 12;
    private const string Worker = "w";
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);
    private readonly ShardKeys _keys = new(@namespace, 0);
    private readonly TaskTable _tasks = new(server, new ShardKeys(@namespace, 0));
    private readonly SessionTable _sessions = new(server, new ShardKeys(@namespace, 0));
    private readonly int[] _closed = [0, 0];
    private readonly TaskTableModel _model = new();
    private readonly List<TaskLease> _tokens = [];
    private readonly List<string> _told = [];
    private int? _seed;

    // In every third story the tasks are such as the scripts claim and complete by their lines alone, wherever nothing else happens to them.
    private bool IsPlain => _seed % 3 == 0;

    /// <summary>What was done so far, for a failure's message.</summary>
    public string Told => string.Join('\n', _told);

    public async Task PlayAsync(Happening happening)
    {
        var (a, b, c) = (happening.A, happening.B, happening.C);
        _seed ??= c;
        await ((happening.What % 32) switch
        {
            0 or 1 => SubmitAsync($"job{a % JobIds}", (b % 3) - 1, c % 3 == 0 ? Key(b) : $"r{a % JobIds}"),
            2 or 3 or 4 => StepAsync([], (a % 3) + 1, PlacesOf(b), isWaitOver: c % 2 == 0),
            5 or 6 or 7 => StepAsync([.. Tokens(a, (b % 2) + 1)], c % 3, PlacesOf(b), isWaitOver: a % 2 == 0),
            8 or 9 or 10 => ContinueAsync(Token(a), b, c),
            11 => AddPageAsync(Token(a), b, c),
            12 => FailAsync(Token(a)),
            13 => ReleaseAsync(Token(a)),
            14 => RenewAsync([.. Tokens(a, 2)], PlacesOf(b)),
            15 or 16 => ExpireAsync(a),
            17 => CancelAsync($"job{a % JobIds}"),
            18 => RecomputeAsync(Token(a), b, c),
            19 => SilenceAsync(PlacesOf(a)),
            20 or 21 or 22 or 23 => SubmitForAsync(SessionOf(a), Additions((a % Keys) - 1, b, c)),
            24 => LeaveAsync(SessionOf(a), [Key(b), Key(c)]),
            25 => CancelForAsync(SessionOf(a), [Key(b), Key(c)]),
            26 => CloseAsync(SessionOf(a)),
            27 => RetryAsync(Token(a), b % 3 != 0),
            28 => TryAgainAsync(a),
            _ => SweepAsync(),
        });
        _model.EndCall();
        Assert.Equal(await Snapshot.OfServerAsync(server, _keys, cancellationToken), Snapshot.OfModel(_model));
    }

    /// <summary>Completes whatever can be claimed; then no job may be left that runs.</summary>
    public async Task EndAsync()
    {
        do
        {
            await StepAsync([.. Leased().Select(task => new TaskLease(task.Key, task.Attempt))], Keys, ["p1", "p2", "p3"], isWaitOver: true);
            _model.EndCall();
            foreach (var unused in _model.Tasks.Values.Where(task => task.IsLater).ToList())
                await TryAgainAsync(0);
            _model.EndCall();
        }
        while (_model.WakeCount > 0 || Leased().Count > 0 || Sorted(TaskState.Ready).Count > 0);
        Assert.Empty(_model.Jobs.Values.Where(job => job.State == JobState.Running && !job.IsSession).Select(job => job.Id));
        Assert.DoesNotContain(_model.Tasks.Values, task => task.State == TaskState.Waiting && task.Jobs.Any(id => _model.Jobs.GetValueOrDefault(id)?.State == JobState.Running));
        foreach (var session in _model.Jobs.Values.Where(job => job.IsSession && job.State == JobState.Running).Select(job => job.Id[1..]).ToList())
            await CloseAsync(session);
        do
        {
            await SweepAsync();
            _model.EndCall();
        }
        while (_model.WakeCount > 0 || _model.PurgeCount > 0);
        Assert.Empty(_model.Tasks.Keys);
        Assert.Equal(await Snapshot.OfServerAsync(server, _keys, cancellationToken), Snapshot.OfModel(_model));
    }

    private static string Key(int number) => $"k{number % Keys}";

    // Mostly tokens that are good, but old and foreign ones too.
    private TaskLease Token(int number)
    {
        var leased = Leased();
        if (number % 4 != 0 && leased.Count > 0)
            return new TaskLease(leased[number / 4 % leased.Count].Key, leased[number / 4 % leased.Count].Attempt);
        return _tokens.Count == 0 ? new TaskLease(Key(number), 1) : _tokens[number / 4 % _tokens.Count];
    }

    private List<ModelTask> Leased() => Sorted(TaskState.Leased);

    private List<ModelTask> Sorted(TaskState state) =>
        [.. _model.Tasks.Values.Where(task => task.State == state).OrderBy(task => task.Key, StringComparer.Ordinal)];

    private IEnumerable<TaskLease> Tokens(int number, int count) => Enumerable.Range(number, count).Select(Token).DistinctBy(token => token.Key);

    // Keys need later keys only, and throughout a story the same ones, as keys that are made from recipes do.
    private TaskAddition[] Additions(int from, int seed, int more = 1) =>
    [
        .. Enumerable.Range(1, seed % 4).Select(step => from + step).Where(number => number < Keys).Reverse()
            .Select(number => new TaskAddition(Key(number), new byte[] { 1 }, NeedsOf(number), ((seed >> number) & 3) + 1, number % 3 == 0 && !IsPlain ? 10 : 0)
            {
                Places = IsPlain ? [] : PlacesOf(number + (seed >> 2)),
                HardPlaces = ((more >> number) & 7) == 6 && !IsPlain ? ["p1", "p2+p3"] : [],
                Priority = ((more >> number) & 3) == 2 && !IsPlain ? -1 : 0,
            }),
    ];

    private string[] NeedsOf(int number) =>
        [.. Enumerable.Range(number + 1, 3).Where(need => need < Keys && ((_seed >> ((number + need) % 8)) & 1) == 1).Select(Key)];

    private static string[] PlacesOf(int number) => (number % 5) switch
    {
        0 => [],
        1 => ["p1"],
        2 => ["p2"],
        3 => ["p2", "p1"],
        _ => ["p3"],
    };

    private static int NumberOf(string key) => key[0] == 'k' ? key[1] - '0' : -1;

    private void Tell(string what) => _told.Add(what);

    private async Task SubmitAsync(string job, int priority, string root)
    {
        var addition = new TaskAddition(root, new byte[] { 1 }, [], 1, 0);
        Tell($"submit {job} {priority} {root}");
        Assert.Equal(_model.Submit(job, priority, addition), await _tasks.SubmitAsync(new JobSubmission(job, "spec", priority, addition), cancellationToken));
    }

    private async Task StepAsync(TaskLease[] completions, int claim, string[] places, bool isWaitOver)
    {
        Tell($"step complete [{string.Join(", ", completions)}] claim {claim} at [{string.Join(", ", places)}] {(isWaitOver ? "after" : "before")} the wait");
        Completion[] sent = [.. completions.Select(CompletionOf)];
        _model.Places.UnionWith(places);
        var expected = sent.Select(_model.Complete).ToList();
        _model.Drain();
        var claimed = _model.Claim(claim, places, isWaitOver);
        var left = _model.Tasks.Values.Any(task => task.State == TaskState.Ready && TaskTableModel.MayRun(task, places) && TaskTableModel.IsOfOthers(task, places));
        var request = new StepRequest(Worker, sent, claim, Lease) { Places = places, LocalityWait = isWaitOver ? TimeSpan.Zero : Lease };
        var reply = await _tasks.StepAsync(request, cancellationToken);
        Assert.Equal(expected, reply.Completions);
        Assert.Equal(claimed.Select(task => $"{task.Key} {_model.OwnerOf(task)}"), reply.Claimed.Select(task => $"{task.Key} {task.JobId}"));
        foreach (var (task, claim1) in claimed.Zip(reply.Claimed))
        {
            Assert.True(claim1.Attempt > task.Attempt, "Tokens must grow.");
            task.Attempt = claim1.Attempt;
            _tokens.Add(new TaskLease(task.Key, task.Attempt));
        }

        _model.Purge();
        if (claimed.Count < claim)
            Assert.Equal(left || _model.Tasks.Values.Any(task => task.IsLater), reply.UntilOthers is not null);
        Assert.Equal(_model.Tasks.Values.Where(task => task.State == TaskState.Ready).Sum(task => Math.Max(task.HardPlaces.Count, 1)), reply.Ready);
    }

    private async Task ContinueAsync(TaskLease token, int seed, int aliasSeed)
    {
        var additions = Additions(NumberOf(token.Key), seed);
        var alias = additions.Length > 0 && aliasSeed % 4 != 0 ? additions[^1].Key : Key(aliasSeed / 4);
        var continuation = new Continuation(
            token.Key, token.Attempt, additions, alias, new ProgressDelta(1, 10, seed % 2, seed % 2), seed % 5 == 0 ? ["=f"] : [],
            seed % 3 == 0 ? $"{{\"n\":{seed}}}" : null, AliasIsStored: aliasSeed % 5 == 0,
            FirstPage: aliasSeed % 6 == 0 ? aliasSeed % 2 : _model.Tasks.GetValueOrDefault(token.Key)?.Pages ?? 0);
        Tell($"continue {token} as {alias} with [{string.Join(", ", additions.Select(Words))}]");
        Assert.Equal(_model.Continue(continuation), await _tasks.ContinueAsync(continuation, cancellationToken));
    }

    private async Task AddPageAsync(TaskLease token, int seed, int page)
    {
        var additions = Additions(NumberOf(token.Key), seed);
        var sent = new TaskPage(token.Key, token.Attempt, page % 8 == 0 ? 1 : 0, 0, additions, []);
        Tell($"add page {sent.Page} of {token} with [{string.Join(", ", additions.Select(task => task.Key))}]");
        Assert.Equal(_model.AddPage(sent), await _tasks.AddTasksAsync(sent, cancellationToken));
    }

    private async Task FailAsync(TaskLease token)
    {
        Tell($"fail {token}");
        var error = $"{{\"type\":\"{token.Key}\"}}";
        Assert.Equal(_model.Fail(token.Key, token.Attempt, error), await _tasks.FailAsync(token.Key, token.Attempt, error, cancellationToken));
    }

    private async Task ReleaseAsync(TaskLease token)
    {
        Tell($"release {token}");
        Assert.Equal([_model.Release(token.Key, token.Attempt)], await _tasks.ReleaseAsync([token], cancellationToken));
    }

    private async Task RenewAsync(TaskLease[] tokens, string[] places)
    {
        Tell($"renew [{string.Join(", ", tokens)}] at [{string.Join(", ", places)}]");
        _model.Places.UnionWith(places);
        var expected = tokens.Select(token => _model.Renew(token.Key, token.Attempt)).ToList();
        Assert.Equal(expected, await _tasks.RenewAsync(Worker, "{}", places, tokens, Lease, cancellationToken));
    }

    private async Task ExpireAsync(int number)
    {
        var leased = Leased();
        var task = leased.Count == 0 ? null : leased[number % leased.Count];
        Tell($"expire {task?.Key}");
        if (task is not null)
            await server.RunAsync(database => database.SortedSetAddAsync(_keys.All[12], task.Key, 0), cancellationToken);
        await _tasks.SweepAsync(cancellationToken);
        _model.Drain();
        // What the drain did may have cancelled or restarted it.
        if (task is { State: TaskState.Leased } && _model.Tasks.GetValueOrDefault(task.Key) == task)
            _model.Expire(task.Key);
        _model.Purge();
    }

    private async Task SilenceAsync(string[] places)
    {
        Tell($"silence [{string.Join(", ", places)}]");
        foreach (var place in places.Where(_model.Places.Contains).ToList())
        {
            await server.RunAsync(database => database.SortedSetAddAsync(_keys.All[19], place, 0), cancellationToken);
            await _tasks.SweepAsync(cancellationToken);
            _model.Places.Remove(place);
            _model.Drain();
            _model.DropPlace(place);
            _model.Purge();
        }
    }

    private async Task CancelAsync(string job)
    {
        Tell($"cancel {job}");
        Assert.Equal(_model.Cancel(job), await _tasks.CancelAsync(job, cancellationToken));
    }

    private async Task RecomputeAsync(TaskLease token, int first, int second)
    {
        var done = Sorted(TaskState.Done);
        string[] lost = [.. new[] { done.Count > 0 && first % 4 != 0 ? done[first / 4 % done.Count].Key : Key(first), Key(second) }.Take((second % 2) + 1).Distinct()];
        Tell($"recompute [{string.Join(", ", lost)}] for {token}");
        Assert.Equal(
            _model.Recompute(token.Key, token.Attempt, lost),
            await _tasks.RecomputeAsync(token.Key, token.Attempt, lost, cancellationToken));
    }

    private Completion CompletionOf(TaskLease token) => IsPlain && token.Attempt % 5 != 0
        ? new Completion(token.Key, token.Attempt, 0, false, 0) { Result = ResultOf(1) }
        : new Completion(token.Key, token.Attempt, 7, token.Attempt % 5 == 0, 3) { Result = ResultOf(token.Attempt) };

    private static TaskValue? ResultOf(long attempt) => (attempt % 3) switch
    {
        0 => null,
        1 => new TaskValue("json", "1"u8.ToArray(), null),
        _ => new TaskValue("npy", null, new ResultLocation(["w"], 1, 0)),
    };

    private static string Words(TaskAddition task) =>
        $"{task.Key}({string.Join(' ', task.Dependencies)}){string.Concat(task.Places.Select(place => "@" + place))}{string.Concat(task.HardPlaces.Select(place => "=" + place))}{(task.Priority == 0 ? "" : $"^{task.Priority}")}";

    private string SessionOf(int number) => $"s{number % 2}.{_closed[number % 2]}";

    private async Task SubmitForAsync(string session, TaskAddition[] additions)
    {
        // Nothing to submit is no call.
        if (additions.Length == 0)
            return;
        Tell($"submit for {session} [{string.Join(", ", additions.Select(Words))}]");
        Assert.Equal(_model.Open("@" + session, session[1] - '0'), await _sessions.OpenAsync(session, session[1] - '0', Lease, "{}", cancellationToken));
        Assert.Equal(_model.SubmitFor("@" + session, additions), await _sessions.SubmitAsync(session, additions, cancellationToken));
    }

    private async Task LeaveAsync(string session, string[] keys)
    {
        Tell($"leave [{string.Join(", ", keys)}] for {session}");
        Assert.Equal(_model.Leave("@" + session, keys), await _sessions.ReleaseAsync(session, keys, cancellationToken));
    }

    private async Task CancelForAsync(string session, string[] keys)
    {
        Tell($"cancel [{string.Join(", ", keys)}] for {session}");
        Assert.Equal(_model.CancelFor("@" + session, keys), await _sessions.CancelAsync(session, keys, cancellationToken));
    }

    private async Task CloseAsync(string session)
    {
        Tell($"close {session}");
        var status = _model.Close("@" + session);
        Assert.Equal(status, await _sessions.EndAsync(session, cancellationToken));
        if (status == ScriptStatus.Done)
            _closed[session[1] - '0']++;
    }

    private async Task RetryAsync(TaskLease token, bool later)
    {
        Tell($"retry {token} {(later ? "later" : "at once")}");
        Assert.Equal(
            _model.Retry(token.Key, token.Attempt, later),
            await _tasks.RetryAsync(token.Key, token.Attempt, later ? Lease : TimeSpan.Zero, "{}", cancellationToken));
    }

    private async Task TryAgainAsync(int number)
    {
        var waiting = _model.Tasks.Values.Where(task => task.IsLater).OrderBy(task => task.Key, StringComparer.Ordinal).ToList();
        var task = waiting.Count == 0 ? null : waiting[number % waiting.Count];
        Tell($"try {task?.Key} again");
        if (task is not null)
            await server.RunAsync(database => database.SortedSetAddAsync(_keys.All[22], task.Key, 0), cancellationToken);
        await _tasks.SweepAsync(cancellationToken);
        _model.Drain();
        if (task is { IsLater: true } && _model.Tasks.GetValueOrDefault(task.Key) == task)
            _model.TryAgain(task);
        _model.Purge();
    }

    private async Task SweepAsync()
    {
        Tell("sweep");
        await _tasks.SweepAsync(cancellationToken);
        _model.Drain();
        _model.Purge();
    }
}
