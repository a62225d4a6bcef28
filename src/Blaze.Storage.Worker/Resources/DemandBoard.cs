using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Worker.Resources;

/// <summary>
/// The demands that calls wait for which this worker could run, and which of them it offers: what fits into its free resources, one call of each in turn, so that
/// none is passed over by the others. While it makes room for one, it offers nothing else that takes of the same resources.
/// </summary>
/// <param name="pool">The resources.</param>
/// <param name="places">The places the worker answers to.</param>
/// <param name="time">The clock.</param>
internal sealed class DemandBoard(ResourcePool pool, IReadOnlyList<string> places, TimeProvider time)
{
    // More than these are never claimed in a call.
    private const int MostCalls = 256;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _places = new(places, StringComparer.Ordinal);
    private readonly Dictionary<CallDemand, Waiting> _waiting = [];
    private CallDemand? _room;
    private long _heard;
    private long _turn;

    /// <summary>Raised when a demand begins to wait for resources that calls have taken, and when the one it made room for need not wait any more.</summary>
    public event Action? Changed;

    /// <summary>The demand it makes room for, or null.</summary>
    public CallDemand? Room
    {
        get
        {
            lock (_lock)
                return _room;
        }
    }

    /// <summary>Whether calls wait for resources that others have taken.</summary>
    public bool HasBlocked
    {
        get
        {
            lock (_lock)
                return _waiting.Values.Any(static waiting => waiting.BlockedSince is not null);
        }
    }

    /// <summary>Counts what was heard; what came later is not taken back by <see cref="Refresh"/>.</summary>
    public long Heard
    {
        get
        {
            lock (_lock)
                return _heard;
        }
    }

    /// <summary>Calls with a demand are ready. False where this worker cannot ever run them.</summary>
    public bool Hear(CallDemand demand)
    {
        if (!demand.Resources.FitsInto(pool.Total) || (demand.Function is { } function && !_places.Contains(function)))
            return false;
        lock (_lock)
            Note(demand).Heard = ++_heard;
        return true;
    }

    /// <summary>Takes what the center says of all demands.</summary>
    /// <param name="demands">All that ready tasks have.</param>
    /// <param name="heard">What had been heard when it was asked; what came later stays.</param>
    /// <returns>Whether there is one among them that was not known.</returns>
    public bool Refresh(IReadOnlyList<CallDemand> demands, long heard)
    {
        var before = Snapshot();
        foreach (var demand in demands)
            Hear(demand);
        lock (_lock)
        {
            foreach (var gone in before.Where(waiting => waiting.Heard <= heard && !demands.Contains(waiting.Demand)))
                Forget(gone);
            return _waiting.Count > 0 && _waiting.Keys.Except(before.Select(static waiting => waiting.Demand)).Any();
        }
    }

    /// <summary>What to offer with the next claim.</summary>
    public DemandOffer Offer()
    {
        DemandOffer offer;
        var blocked = false;
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return DemandOffer.Nothing;
            var free = pool.Free;
            var fitting = new List<Waiting>();
            foreach (var waiting in _waiting.Values.Where(IsNotHeldBack).OrderBy(static waiting => waiting.Turn))
            {
                if (waiting.Demand.Resources.FitsInto(free))
                    fitting.Add(waiting);
                else
                    blocked |= waiting.Block(time);
            }

            var most = Divide(fitting, free);
            var demands = fitting.Zip(most).Where(static pair => pair.Second > 0).Select(static pair => new OfferedDemand(pair.First.Demand, pair.Second));
            offer = new DemandOffer([.. demands], most.Contains(0), _heard);
        }

        if (blocked)
            Changed?.Invoke();
        return offer;
    }

    /// <summary>Takes note of what a claim brought.</summary>
    /// <param name="offer">What was offered with it.</param>
    /// <param name="claimed">The demands of the calls that came.</param>
    /// <param name="isAll">Whether there were no more tasks for this worker than came.</param>
    public void Settle(DemandOffer offer, IReadOnlyCollection<CallDemand> claimed, bool isAll)
    {
        var room = Room;
        lock (_lock)
        {
            foreach (var (demand, most) in offer.Demands)
            {
                if (_waiting.TryGetValue(demand, out var waiting))
                    Settle(waiting, most, claimed.Count(demand.Equals), isAll && waiting.Heard <= offer.Heard);
            }
        }

        if (room != Room)
            Changed?.Invoke();
    }

    /// <summary>The demand that has waited longest for resources, and at least so long; null for none.</summary>
    public CallDemand? LongestBlocked(TimeSpan atLeast)
    {
        lock (_lock)
        {
            return _waiting.Values.Where(waiting => waiting.BlockedSince is { } since && time.GetElapsedTime(since) >= atLeast)
                .MinBy(static waiting => waiting.BlockedSince)?.Demand;
        }
    }

    /// <summary>Makes room for a demand from now on, or for none.</summary>
    public void MakeRoom(CallDemand? demand)
    {
        lock (_lock)
            _room = demand is not null && _waiting.ContainsKey(demand) ? demand : null;
    }

    private static int[] Divide(List<Waiting> fitting, ResourceAmounts free)
    {
        var most = new int[fitting.Count];
        var total = 0;
        for (var gave = true; gave && total < MostCalls;)
        {
            gave = false;
            for (var at = 0; at < Math.Min(most.Length, StepRequest.MaxDemands) && total < MostCalls; at++)
            {
                if (!fitting[at].Demand.Resources.FitsInto(free))
                    continue;
                free = free.Minus(fitting[at].Demand.Resources);
                most[at]++;
                total++;
                gave = true;
            }
        }

        return most;
    }

    private Waiting[] Snapshot()
    {
        lock (_lock)
            return [.. _waiting.Values];
    }

    private Waiting Note(CallDemand demand)
    {
        if (!_waiting.TryGetValue(demand, out var waiting))
            _waiting[demand] = waiting = new Waiting(demand);
        return waiting;
    }

    private void Forget(Waiting waiting)
    {
        _waiting.Remove(waiting.Demand);
        if (_room == waiting.Demand)
            _room = null;
    }

    private bool IsNotHeldBack(Waiting waiting) => _room is not { } room || waiting.Demand == room || !room.Resources.Overlaps(waiting.Demand.Resources);

    private void Settle(Waiting waiting, int most, int came, bool isAll)
    {
        waiting.Turn = ++_turn;
        if (came > 0)
        {
            waiting.Serve();
            if (_room == waiting.Demand)
                _room = null;
        }

        if (came < most && isAll)
            Forget(waiting);
    }

    /// <summary>A demand that calls wait for.</summary>
    private sealed class Waiting(CallDemand demand)
    {
        public CallDemand Demand => demand;

        /// <summary>When it was heard of last.</summary>
        public long Heard { get; set; }

        /// <summary>When it was offered last; who was longest ago is first.</summary>
        public long Turn { get; set; }

        /// <summary>Since when it waits for resources that calls have taken; null while it does not.</summary>
        public long? BlockedSince { get; private set; }

        /// <summary>It has to wait; false where it did so before.</summary>
        public bool Block(TimeProvider time)
        {
            if (BlockedSince is not null)
                return false;
            BlockedSince = time.GetTimestamp();
            return true;
        }

        public void Serve() => BlockedSince = null;
    }
}
