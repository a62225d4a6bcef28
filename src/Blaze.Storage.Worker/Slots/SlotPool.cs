using System.Collections.Concurrent;
using Blaze.Storage.Worker.Execution;

namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// Threads that run tasks and nothing else. A kernel keeps one of them busy for as long as it likes; heartbeats, claims and
/// publishing live on the thread pool and never wait for it.
/// </summary>
internal sealed class SlotPool : IDisposable
{
    private readonly BlockingCollection<HeldTask> _queue = [];
    private readonly Thread[] _threads;
    private readonly Func<TaskRunner> _createRunner;
    private readonly Action<HeldTask, TaskOutcome> _finished;
    private readonly Supply _supply;
    private volatile bool _draining;

    /// <param name="slots">The number of threads.</param>
    /// <param name="supply">Is told of every task that starts and ends.</param>
    /// <param name="createRunner">Makes what runs a slot's tasks; called once on each thread.</param>
    /// <param name="finished">Takes each task's outcome; called on the slot's thread, must not block.</param>
    public SlotPool(int slots, Supply supply, Func<TaskRunner> createRunner, Action<HeldTask, TaskOutcome> finished)
    {
        _supply = supply;
        _createRunner = createRunner;
        _finished = finished;
        _threads = [.. Enumerable.Range(0, slots).Select(number => new Thread(Run) { IsBackground = true, Name = $"slot {number}" })];
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
            var started = _supply.Start();
            var outcome = _draining ? new TaskOutcome.Stopped() : runner.Run(task);
            _supply.End(started);
            _finished(task, outcome);
        }
    }
}
