using System.Diagnostics.Metrics;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Telemetry;
using Blaze.Storage.Worker.Execution;

namespace Blaze.Storage.Worker.Telemetry;

/// <summary>What workers count. The names are part of dashboards and alarms: they stay.</summary>
internal static class WorkerMetrics
{
    private static readonly Counter<long> Tasks = Create("blaze.tasks.claimed", "{task}", "Tasks claimed.");
    private static readonly Counter<long> TasksEnded = Create("blaze.tasks.ended", "{task}", "Tasks that ended here, by kind and outcome.");
    private static readonly Counter<long> SourceBytes = Create("blaze.source.read", "By", "Source bytes that answers needed, by where they came from: local, remote, or cache for those that were not read.");
    private static readonly Counter<long> CacheBlocks = Create("blaze.cache.blocks", "{block}", "Blocks of questions, by whether their value was known.");
    private static readonly Counter<long> LeaseAnswers = Create("blaze.leases", "{lease}", "Answers to renewals of leases.");
    private static readonly Histogram<double> Duration = BlazeTelemetry.Metrics.CreateHistogram(
        "blaze.task.duration", "s", "How long tasks ran, their waits for bytes included.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });
    private static readonly UpDownCounter<long> TasksRunning = BlazeTelemetry.Metrics.CreateUpDownCounter<long>("blaze.tasks.running", "{task}", "Tasks that have begun and not ended.");
    private static readonly UpDownCounter<long> SlotCount = BlazeTelemetry.Metrics.CreateUpDownCounter<long>("blaze.slots", "{slot}", "Tasks that may compute at once.");

    /// <summary>Whether anybody wants to know of single tasks.</summary>
    public static bool AreTasksWanted => Duration.Enabled || TasksEnded.Enabled;

    public static void Slots(int change) => SlotCount.Add(change);

    public static void Claimed(int count) => Tasks.Add(count);

    public static void Running(int change) => TasksRunning.Add(change);

    /// <summary>A task's value was known before it began.</summary>
    public static void Cached()
    {
        TasksEnded.Add(1, new("kind", "chunk"), new("outcome", "cached"));
        CacheBlocks.Add(1, new KeyValuePair<string, object?>("result", "hit"));
    }

    public static void Ended(string kind, TaskOutcome outcome, double seconds)
    {
        var name = NameOf(outcome);
        TasksEnded.Add(1, new("kind", kind), new("outcome", name));
        Duration.Record(seconds, new("kind", kind), new("outcome", name));
        if (outcome is TaskOutcome.Computed computed)
            Computed(kind, computed);
        else if (outcome is TaskOutcome.Continued { Plan: { Known.Count: > 0 } plan })
            Known(plan.Known.Count, plan.KnownBytes);
    }

    public static void Renewed(IReadOnlyList<LeaseAnswer> answers)
    {
        if (!LeaseAnswers.Enabled)
            return;
        foreach (var answer in answers)
            LeaseAnswers.Add(1, new KeyValuePair<string, object?>("result", NameOf(answer)));
    }

    /// <summary>An outcome as attributes of metrics and traces name it.</summary>
    public static string NameOf(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Computed or TaskOutcome.Returned => "done",
        TaskOutcome.Continued or TaskOutcome.CalledOn => "continued",
        TaskOutcome.Failed or TaskOutcome.Threw => "failed",
        TaskOutcome.Retried => "retried",
        TaskOutcome.LostInputs => "lost_inputs",
        _ => "stopped",
    };

    private static void Computed(string kind, TaskOutcome.Computed computed)
    {
        // What came over the network more than once was read once.
        var remote = Math.Min(computed.BytesRemote, computed.BytesRead);
        if (remote > 0)
            SourceBytes.Add(remote, new KeyValuePair<string, object?>("from", "remote"));
        if (computed.BytesRead > remote)
            SourceBytes.Add(computed.BytesRead - remote, new KeyValuePair<string, object?>("from", "local"));
        if (kind == TaskKind.Chunk)
            CacheBlocks.Add(1, new KeyValuePair<string, object?>("result", "miss"));
    }

    private static void Known(int blocks, long bytes)
    {
        CacheBlocks.Add(blocks, new KeyValuePair<string, object?>("result", "hit"));
        SourceBytes.Add(bytes, new KeyValuePair<string, object?>("from", "cache"));
    }

    private static string NameOf(LeaseAnswer answer) => answer switch
    {
        LeaseAnswer.Renewed => "renewed",
        LeaseAnswer.Cancelled => "cancelled",
        _ => "lost",
    };

    private static Counter<long> Create(string name, string unit, string description) => BlazeTelemetry.Metrics.CreateCounter<long>(name, unit, description);
}
