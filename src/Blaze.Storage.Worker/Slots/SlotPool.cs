using System.Collections.Concurrent;
using Blaze.Storage.Worker.Execution;

namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// Threads that run tasks and nothing else. A kernel keeps one of them busy for as long as it likes; heartbeats, claims and
/// publishing live on the thread pool and never wait for it. There are more of them than slots, so that some read while others
/// compute. One that a function does not give back is replaced.
/// </summary>
internal sealed class SlotPool : IDisposable
{
    private readonly BlockingCollection<HeldTask> _queue = [];
    private readonly List<Lane> _lanes = [];
    private readonly Func<Lane, TaskRunner> _createRunner;
    private readonly Action<HeldTask, TaskOutcome> _finished;
    private readonly Supply _supply;
    private readonly SlotGate _gate;
    private readonly StuckCalls _stuck;
    private readonly TimeProvider _time;
    private volatile bool _draining;
    private int _started;

    /// <param name="lanes">The number of threads.</param>
    /// <param name="gate">Lets as many of them compute as there are slots.</param>
    /// <param name="supply">Is told of every task that starts and ends.</param>
    /// <param name="stuck">Is told of every thread that is lost.</param>
    /// <param name="time">The clock.</param>
    /// <param name="createRunner">Makes what runs a thread's tasks; called once on each.</param>
    /// <param name="finished">Takes each task's outcome; called on the task's thread, or another where that is lost; must not block.</param>
    public SlotPool(
        int lanes, SlotGate gate, Supply supply, StuckCalls stuck, TimeProvider time, Func<Lane, TaskRunner> createRunner, Action<HeldTask, TaskOutcome> finished)
    {
        _gate = gate;
        _supply = supply;
        _stuck = stuck;
        _time = time;
        _createRunner = createRunner;
        _finished = finished;
        for (var lane = 0; lane < lanes; lane++)
            StartLane();
    }

    public void Enqueue(HeldTask task)
    {
        _supply.Queue();
        _queue.Add(task);
    }

    /// <summary>From now on tasks that have not started end as stopped.</summary>
    public void Drain() => _draining = true;

    /// <summary>Ends the threads once the queue is empty; those that are lost are left behind.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        while (FirstLane() is { } lane)
        {
            lane.Ended.GetAwaiter().GetResult();
            lock (_lanes)
                _lanes.Remove(lane);
        }

        _queue.Dispose();
    }

    private Lane? FirstLane()
    {
        lock (_lanes)
            return _lanes.FirstOrDefault();
    }

    private void StartLane()
    {
        var lane = new Lane(_time, Lose);
        lock (_lanes)
            _lanes.Add(lane);
        new Thread(() => Run(lane)) { IsBackground = true, Name = $"lane {Interlocked.Increment(ref _started)}" }.Start();
    }

    private void Run(Lane lane)
    {
        var runner = _createRunner(lane);
        foreach (var task in _queue.GetConsumingEnumerable())
        {
            _gate.Enter();
            lane.Begin(task, _supply.Start());
            var outcome = _draining ? new TaskOutcome.Stopped() : runner.Run(task);
            // Of a lost lane only now.
            task.Resources?.Release();
            if (lane.IsLost)
            {
                _stuck.Remove();
                return;
            }

            Finish(lane, outcome);
        }

        lane.End();
    }

    private void Finish(Lane lane, TaskOutcome outcome)
    {
        _supply.End(lane.Started);
        _gate.Leave();
        _finished(lane.Task!, outcome);
    }

    // The slot, the task and what it was held with are free; the thread is not.
    private void Lose(Lane lane, TaskOutcome outcome)
    {
        StartLane();
        Finish(lane, outcome);
        _stuck.Add();
    }
}
