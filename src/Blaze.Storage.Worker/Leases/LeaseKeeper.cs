using Blaze.Storage.Center;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Worker.Slots;
using Blaze.Storage.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Leases;

/// <summary>
/// Keeps the worker's leases and its entry among the workers alive, three times in a lease, and stops tasks that are no longer
/// its own: of cancelled jobs, or taken over after the center did not hear of this worker.
/// </summary>
internal sealed partial class LeaseKeeper(CenterConnection center, string worker, IReadOnlyList<string> places, Func<string> describe, HeldTasks held, WorkerOptions options, ILogger logger)
{
    private const int BeatsPerLease = 3;
    private readonly Signal _now = new();

    /// <summary>Asks the center at once, for example because a job was cancelled.</summary>
    public void BeatNow() => _now.Set();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await BeatAsync(cancellationToken);
            await _now.WaitAsync(options.Lease / BeatsPerLease, options.TimeProvider, cancellationToken);
        }
    }

    /// <summary>Tells the center what this worker says of itself now; fails where the center is away.</summary>
    public Task AnnounceAsync(CancellationToken cancellationToken) =>
        center.Tasks.RenewAsync(worker, describe(), places, [], options.Lease, cancellationToken);

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var tasks = held.Snapshot();
        try
        {
            var answers = await center.Tasks.RenewAsync(worker, describe(), places, [.. tasks.Select(task => task.Lease)], options.Lease, cancellationToken);
            WorkerMetrics.Renewed(answers);
            foreach (var (task, answer) in tasks.Zip(answers))
                Apply(task, answer);
        }
        catch (CenterException problem) when (problem.Kind == CenterErrorKind.Unavailable)
        {
            // Work goes on: if the center is back within the lease nothing was lost, else the tasks are found to be lost then.
            LogHeartbeatMissed(logger, problem.Message);
        }
    }

    private static void Apply(HeldTask task, LeaseAnswer answer)
    {
        if (answer != LeaseAnswer.Renewed)
            task.Stop();
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "A heartbeat did not reach the center: {Problem}")]
    private static partial void LogHeartbeatMissed(ILogger logger, string problem);
}
