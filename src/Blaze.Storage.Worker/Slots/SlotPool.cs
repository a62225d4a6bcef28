using System.Collections.Concurrent;
using Blaze.Storage.Worker.Execution;

namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// Threads that run tasks and nothing else. A kernel keeps one of them busy for as long as it likes; heartbeats, claims and
/// publishing live on the thread pool and never wait for it. There are more of them than slots, so that some read while others
/// compute.
/// </summary>
internal sealed class SlotPool : IDisposable
{
    private readonly BlockingCollection<HeldTask> _queue = [];
    private readonly Thread[] _threads;
    private readonly Func<TaskRunner> _createRunner;
    private readonly Action<HeldTask, TaskOutcome> _finished;
    private readonly Supply _supply;
    private readonly SlotGate _gate;
    private volatile bool _draining;

    /// <param name="lanes">The number of threads.</param>
    /// <param name="gate">Lets as many of them compute as there are slots.</param>
    /// <param name="supply">Is told of every task that starts and ends.</param>
    /// <param name="createRunner">Makes what runs a thread's tasks; called once on each.</param>
    /// <param name="finished">Takes each task's outcome; called on the task's thread, must not block.</param>
    public SlotPool(int lanes, SlotGate gate, Supply supply, Func<TaskRunner> createRunner, Action<HeldTask, TaskOutcome> finished)
    {
        _gate = gate;
        _supply = supply;
        _createRunner = createRunner;
        _finished = finished;
        _threads = [.. Enumerable.Range(0, lanes).Select(number => new Thread(Run) { IsBackground = true, Name = $"lane {number}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public void Enqueue(HeldTask task)
    {
        _supply.Queue();
        _queue.Add(task);
    }

    /// <summary>From now on tasks that have not started end as stopped.</summary>
    public void Drain() => _draining = true;

    /// <summary>Ends the threads once the queue is empty.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        var runner = _createRunner();
        foreach (var task in _queue.GetConsumingEnumerable())
        {
            _gate.Enter();
            var started = _supply.Start();
            var outcome = _draining ? new TaskOutcome.Stopped() : runner.Run(task);
            _supply.End(started);
            _gate.Leave();
            _finished(task, outcome);
        }
    }
}
