using Blaze.Storage.Worker.Execution;

namespace Blaze.Storage.Worker.Slots;

/// <summary>
/// A thread that runs tasks. A function cannot be made to return: one that goes on after it was told to stop loses the thread, so that its task ends and
/// another thread takes the slot.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lose">Takes a lane that is lost, with the outcome of its task; called once, on another thread.</param>
internal sealed class Lane(TimeProvider time, Action<Lane, TaskOutcome> lose)
{
    /// <summary>How long a function that was told to stop may take to return.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isLost;

    /// <summary>Whether the task it runs has ended without it. Nothing that its thread comes to is of use then, and it owns no slot.</summary>
    public bool IsLost => _isLost;

    /// <summary>Ends when it is lost or its thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The task it runs.</summary>
    public HeldTask? Task { get; private set; }

    /// <summary>When it began to.</summary>
    public long Started { get; private set; }

    /// <summary>Notes what runs from now on.</summary>
    public void Begin(HeldTask task, long started) => (Task, Started) = (task, started);

    /// <summary>Nothing more runs on it.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>Watches what begins now on its thread and may never return, until disposed. Only what holds the slot all the time may be watched.</summary>
    /// <param name="outcome">How the task ends if it does not return.</param>
    /// <param name="stop">Fires when it should.</param>
    public IDisposable Watch(Func<TaskOutcome> outcome, CancellationToken stop) => new Watcher(this, outcome, stop);

    private sealed class Watcher : IDisposable
    {
        private const int Running = 0;
        private const int Returned = 1;
        private const int GivenUp = 2;

        private readonly Lane _lane;
        private readonly Func<TaskOutcome> _outcome;
        private readonly CancellationTokenRegistration _registration;
        private ITimer? _timer;
        private int _state;

        public Watcher(Lane lane, Func<TaskOutcome> outcome, CancellationToken stop)
        {
            _lane = lane;
            _outcome = outcome;
            _registration = stop.UnsafeRegister(static watcher => ((Watcher)watcher!).BeginGrace(), this);
        }

        public void Dispose()
        {
            if (Interlocked.CompareExchange(ref _state, Returned, Running) == GivenUp)
                _lane._isLost = true;
            _registration.Dispose();
            _timer?.Dispose();
        }

        private void BeginGrace() => _timer = _lane.Time.CreateTimer(static watcher => ((Watcher)watcher!).GiveUp(), this, Grace, Timeout.InfiniteTimeSpan);

        private void GiveUp()
        {
            if (Interlocked.CompareExchange(ref _state, GivenUp, Running) == Running)
                _lane.Lose(_outcome());
        }
    }

    private TimeProvider Time => time;

    private void Lose(TaskOutcome outcome)
    {
        _isLost = true;
        lose(this, outcome);
        End();
    }
}
