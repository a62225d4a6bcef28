using System.Collections.Concurrent;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Worker.Leases;
using Blaze.Storage.Worker.Peers;
using Blaze.Storage.Worker.Resources;
using Blaze.Storage.Worker.Results;
using Blaze.Storage.Worker.Slots;
using Blaze.Storage.Worker.Telemetry;

namespace Blaze.Storage.Worker;

/// <summary>
/// Tells the center of finished tasks and claims the next ones in the same call: as many as the slots lack. While they have
/// plenty, finished tasks gather for a moment, so that many share a call.
/// </summary>
internal sealed class ClaimLoop(
    CenterConnection center, CenterRetry retry, ResultStore results, WorkerValues values, HeldTasks held, string worker, IReadOnlyList<string> places, WorkerOptions options, Supply supply, Backlog backlog, DemandBoard demands, ResourcePool resources, Action<HeldTask> run)
{
    // So many of each keep the center at a call for one to two milliseconds.
    private const int MostCompletions = 128;
    private const int MostClaims = 128;

    // The center counts milliseconds: asked within the same one, it would say the same.
    private static readonly TimeSpan ClockStep = TimeSpan.FromMilliseconds(1);

    // Long beside a claim, short beside what a person notices.
    private static readonly TimeSpan OthersTurn = TimeSpan.FromMilliseconds(10);

    // Leases are counted in seconds; what is due may wait for this.
    private static readonly TimeSpan UpkeepPeriod = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<(HeldTask Task, Completion Completion)> _completed = new();
    private readonly Signal _wake = new();
    private readonly Random _jitter = new();
    private readonly Lock _givenGate = new();
    private long _lastCall;
    private long _lastUpkeep;
    private int _gathered;
    private int _isToWake;
    private ClaimedTask? _lastGiven;
    private bool _isOver;

    /// <summary>Looks for work at once.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Looks for work in a moment: another worker was told of it, and is likely to take it.</summary>
    public void WakeLater()
    {
        if (Interlocked.Exchange(ref _isToWake, 1) == 0)
            _ = WakeAfterAsync(OthersTurn * (1 + Random.Shared.NextDouble()));
    }

    /// <summary>A task's value is published; the center is told with the next call.</summary>
    public void Complete(HeldTask task, Completion completion)
    {
        _completed.Enqueue((task, completion));
        // The first one starts the time of gathering, and what comes meanwhile needs no wake-up of its own.
        var count = Interlocked.Increment(ref _gathered);
        if (count == 1 || count >= MostCompletions || !supply.IsAmple)
            _wake.Set();
    }

    /// <summary>Claims until stopped, then goes on until no task is held, and gives back what was handed over too late.</summary>
    /// <param name="stopping">No new task is claimed after this.</param>
    /// <param name="cancellationToken">Ends the loop whatever is held.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        await using var given = await retry.RunAsync(
            async token => stopping.IsCancellationRequested ? null : await center.Tasks.ListenGivenAsync(worker, task => StartGiven(task, cancellationToken), token), cancellationToken);
        await using var deaf = stopping.Register(() => _ = given?.DisposeAsync().AsTask());
        while (!IsOver(stopping))
        {
            if (!stopping.IsCancellationRequested && GatheringLeft() is { } rest)
            {
                await _wake.WaitAsync(rest, options.TimeProvider, cancellationToken);
                continue;
            }

            if (await StepAsync(stopping, cancellationToken) is { } pause)
                await _wake.WaitAsync(pause, options.TimeProvider, cancellationToken);
        }

        await GiveBackAsync(cancellationToken);
    }

    // What came by message may come once more as the answer to a claim that was under way meanwhile, even after it has ended.
    private bool WasGiven(ClaimedTask task)
    {
        lock (_givenGate)
            return _lastGiven is { } last && last.Attempt == task.Attempt && last.Key == task.Key;
    }

    // Nothing is begun after this says so.
    private bool IsOver(CancellationToken stopping)
    {
        lock (_givenGate)
            return _isOver = stopping.IsCancellationRequested && held.Count == 0;
    }

    // What was handed over while nobody heard it any more.
    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        var last = await center.Tasks.StepAsync(new StepRequest(worker, [], 0, options.Lease) { IsIdle = true, DoesUpkeep = false }, cancellationToken);
        if (last.Claimed.Count > 0)
            await center.Tasks.ReleaseAsync([.. last.Claimed.Select(static task => new TaskLease(task.Key, task.Attempt))], cancellationToken);
    }

    private async Task WakeAfterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, options.TimeProvider);
        Interlocked.Exchange(ref _isToWake, 0);
        _wake.Set();
    }

    /// <returns>How long to wait before the next call; null where one is worth while at once.</returns>
    private async Task<TimeSpan?> StepAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        // What woke us is looked for now; it is not to wake us again afterwards.
        _wake.Reset();
        var reported = Take();
        var claim = stopping.IsCancellationRequested || backlog.IsFull || IsPressed() ? 0 : Math.Min(supply.Lacking, MostClaims);
        if (claim == 0 && reported.Count == 0)
            return IdlePause(null);
        var offer = claim > 0 ? demands.Offer() : DemandOffer.Nothing;
        var request = new StepRequest(worker, [.. reported.Select(done => done.Completion)], claim, options.Lease)
        {
            Places = places,
            Demands = offer.Demands,
            LocalityWait = options.LocalityWait,
            IsIdle = held.Count == reported.Count,
            DoesUpkeep = _lastUpkeep == 0 || options.TimeProvider.GetElapsedTime(_lastUpkeep) >= UpkeepPeriod,
        };
        // A worker that is stopped while the center is away does not wait for it only to ask for work.
        var reply = await retry.RunAsync(
            async token => reported.Count == 0 && stopping.IsCancellationRequested ? null : await center.Tasks.StepAsync(request, token), cancellationToken);
        if (reply is null)
            return IdlePause(null);
        _lastCall = options.TimeProvider.GetTimestamp();
        if (reply.Pending)
            _lastUpkeep = 0;
        else if (request.DoesUpkeep)
            _lastUpkeep = _lastCall;
        // Whatever the center said of a completion (it may have been taken over meanwhile), the task is no longer held here.
        for (var at = 0; at < reported.Count; at++)
        {
            held.Remove(reported[at].Task);
            // Nobody will ever ask here for a value that the center does not take.
            if (reply.Completions[at] is not (ScriptStatus.Done or ScriptStatus.AlreadyDone) && reported[at].Completion.Result?.Location is not null)
                values.Drop([reported[at].Task.Task.Key]);
        }

        await StartAsync([.. reply.Claimed.Where(task => !WasGiven(task))], offer, isAll: reply.Claimed.Count < claim && reply.UntilOthers is null, cancellationToken);
        return reply.Pending || reply.Claimed.Count == MostClaims || (offer.IsCutShort && reply.UntilOthers is null) || !_completed.IsEmpty ? null : IdlePause(reply.UntilOthers);
    }

    // Values that fill the memory have to go first, to disk or because nobody wants them any more.
    private bool IsPressed()
    {
        if (!values.IsPressed)
            return false;
        values.WhenThereIsRoom(Wake);
        return values.IsPressed;
    }

    // Half to one and a half of the period: many idle workers must not ask in step. A task that was left to others is worth
    // asking for as soon as it is everybody's.
    private TimeSpan IdlePause(TimeSpan? untilOthers)
    {
        var pause = options.IdlePoll * (0.5 + _jitter.NextDouble());
        return untilOthers < pause ? untilOthers.Value + ClockStep : pause;
    }

    // How long the next call may still wait for more to report; null where it is due.
    private TimeSpan? GatheringLeft()
    {
        if (_lastCall == 0 || !supply.IsAmple || _completed.Count >= MostCompletions)
            return null;
        var left = Supply.Gathering - options.TimeProvider.GetElapsedTime(_lastCall);
        return left > TimeSpan.Zero ? left : null;
    }

    private List<(HeldTask Task, Completion Completion)> Take()
    {
        var taken = new List<(HeldTask, Completion)>();
        while (taken.Count < MostCompletions && _completed.TryDequeue(out var next))
            taken.Add(next);
        Interlocked.Add(ref _gathered, -taken.Count);
        return taken;
    }

    // What was leased to this worker because it had nothing to do. Values may have filled its memory since it said so.
    private void StartGiven(ClaimedTask given, CancellationToken cancellationToken)
    {
        if (IsPressed())
        {
            _ = retry.RunAsync(token => center.Tasks.ReleaseAsync([new TaskLease(given.Key, given.Attempt)], token), cancellationToken);
            return;
        }

        lock (_givenGate)
        {
            _lastGiven = given;
            if (!_isOver)
                Begin([Hold(given, DemandOffer.Nothing, [])]).ForEach(run);
        }
    }

    // Another job may have computed the same chunk since the task was planned.
    private async Task StartAsync(IReadOnlyList<ClaimedTask> claimed, DemandOffer offer, bool isAll, CancellationToken cancellationToken)
    {
        var demanded = new List<CallDemand>();
        var tasks = claimed.Select(task => Hold(task, offer, demanded)).ToList();
        if (offer.Demands.Count > 0)
            demands.Settle(offer, demanded, isAll);
        var chunks = Begin(tasks);
        if (chunks.Count == 0)
            return;
        var known = await results.ContainsAsync(chunks.ConvertAll(task => task.Task.Key), cancellationToken);
        for (var i = 0; i < chunks.Count; i++)
        {
            if (!known[i])
            {
                run(chunks[i]);
                continue;
            }

            WorkerMetrics.Cached();
            Complete(chunks[i], new Completion(chunks[i].Task.Key, chunks[i].Task.Attempt, 0, FromCache: true));
        }
    }

    // Nothing else takes of the resources, so what was offered is still there.
    private HeldTask Hold(ClaimedTask task, DemandOffer offer, List<CallDemand> demanded)
    {
        try
        {
            if (CallDemand.OfRecipe(task.Recipe) is not { } demand)
                return new HeldTask(task);
            demanded.Add(demand);
            return offer.Demands.Any(offered => offered.Demand == demand) && resources.TryTake(demand.Resources) is { } hold
                ? new HeldTask(task) { Resources = hold }
                : throw new BlazeException($"The call '{task.Key}' takes {demand.Resources} of its worker, but did not wait for one that has it to spare; submit it with the place '{demand.Place}' first among those it may run at only.");
        }
        catch (BlazeException problem)
        {
            return new HeldTask(task) { Refusal = problem };
        }
    }

    // Holds tasks and runs the calls among them, whose values the table itself would know; answers the others. A task that was handed over may come
    // once more as the answer to a claim that was under way meanwhile.
    private List<HeldTask> Begin(List<HeldTask> tasks)
    {
        var begun = tasks.FindAll(task =>
        {
            var isNew = held.Add(task);
            if (!isNew)
                task.Resources?.Release();
            return isNew;
        });
        WorkerMetrics.Claimed(begun.Count);
        begun.FindAll(static task => CallRecipe.IsCall(task.Task.Recipe)).ForEach(run);
        return begun.FindAll(static task => !CallRecipe.IsCall(task.Task.Recipe));
    }
}
