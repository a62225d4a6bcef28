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
    private volatile bool _draining;
    private int _running;

    /// <param name="slots">The number of threads.</param>
    /// <param name="createRunner">Makes what runs a slot's tasks; called once on each thread.</param>
    /// <param name="finished">Takes each task's outcome; called on the slot's thread, must not block.</param>
    public SlotPool(int slots, Func<TaskRunner> createRunner, Action<HeldTask, TaskOutcome> finished)
    {
        _createRunner = createRunner;
        _finished = finished;
        _threads = [.. Enumerable.Range(0, slots).Select(number => new Thread(Run) { IsBackground = true, Name = $"slot {number}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>How many tasks run right now.</summary>
    public int Running => Volatile.Read(ref _running);

    public void Enqueue(HeldTask task) => _queue.Add(task);

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
            Interlocked.Increment(ref _running);
            var outcome = _draining ? new TaskOutcome.Stopped() : runner.Run(task);
            Interlocked.Decrement(ref _running);
            _finished(task, outcome);
        }
    }
}
