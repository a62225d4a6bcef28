namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>A clock whose timers go off when a test says so.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly List<HandTimer> _timers = [];

    /// <summary>Lets every timer go off once.</summary>
    public void Tick()
    {
        foreach (var timer in _timers.ToArray())
            timer.GoOff();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    private sealed class HandTimer(Action goOff) : ITimer
    {
        private bool _ended;

        public void GoOff()
        {
            if (!_ended)
                goOff();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_ended;

        public void Dispose() => _ended = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
