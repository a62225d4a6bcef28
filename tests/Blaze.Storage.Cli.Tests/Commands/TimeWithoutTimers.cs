namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>A clock whose timers never end, so that a slow machine adds no progress to what a command says.</summary>
internal sealed class TimeWithoutTimers : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
