namespace Blaze.Storage.Cli.Cluster;

/// <summary>Keeps one worker process running: a worker that ends is started again, later each time it ends early.</summary>
internal sealed class WorkerKeeper(string name, ChildCommand command, Action<string> report, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>A worker that ran this long is taken to be healthy: its next restart comes at once.</summary>
    private static readonly TimeSpan HealthyRun = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping worker may take to finish what it runs.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>Runs until stopped; the worker is then asked to finish, and gone when this returns.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            if (await RunOnceAsync(stopping) is not { } exitCode)
                return;
            var healthy = time.GetElapsedTime(began) >= HealthyRun;
            pause = healthy ? FirstPause : pause;
            report($"{name} ended with exit code {exitCode}; it is started again in {pause.TotalSeconds:0.0} s.");
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = NextPause(pause);
        }
    }

    /// <summary>How long to wait after a restart that did not help either.</summary>
    internal static TimeSpan NextPause(TimeSpan pause) => TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));

    private async Task<int?> RunOnceAsync(CancellationToken stopping)
    {
        await using var child = ChildProcess.Start(command, line => report($"{name}: {line}"));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stop.SetResult);
        if (await Task.WhenAny(child.Exited, stop.Task) == child.Exited && !stopping.IsCancellationRequested)
            return await child.Exited;
        await child.StopAsync(Grace, time);
        return null;
    }
}
