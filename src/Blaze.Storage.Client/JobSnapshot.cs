using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Client;

/// <summary>What is known about a job at one moment. Snapshots of one job never go back: counters and coverage only grow.</summary>
public sealed record JobSnapshot
{
    /// <summary>The job's id.</summary>
    public required string JobId { get; init; }

    /// <summary>How far the job has come.</summary>
    public required JobState State { get; init; }

    /// <summary>The job's record, which changes no more; null while it runs.</summary>
    public JobInfo? Record { get; init; }

    /// <summary>Whether this is the job's last snapshot.</summary>
    public bool IsTerminal => State != JobState.Running;

    /// <summary>The operation with all its parameters; null until the job was planned.</summary>
    public Operation? Operation { get; init; }

    /// <summary>What planning found; null until then.</summary>
    public JobDetail? Detail { get; init; }

    /// <summary>The job's chunks.</summary>
    public BlockCounts Blocks { get; init; }

    /// <summary>The job's bytes.</summary>
    public ByteCounts Bytes { get; init; }

    /// <summary>The share of the job's bytes whose values are finished, 0 … 1.</summary>
    public double Coverage { get; init; }

    /// <summary>Whether <see cref="Value"/> is the final, exact answer; only of a job that is done.</summary>
    public bool Exact => State == JobState.Done;

    /// <summary>The time since submission on the center's clock; of a job that ended, until its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why the job failed; null otherwise.</summary>
    public JobError? Error { get; init; }

    /// <summary>
    /// Of a job that is done the exact answer; before, the merged value of the chunks finished so far (not scaled to the whole),
    /// or null while there is none.
    /// </summary>
    public ChunkValue? Value { get; init; }

    /// <summary>What the finished chunks say about the whole; null while there is no value.</summary>
    public Estimate? Estimate { get; init; }

    /// <summary>
    /// The finished chunks in the order of their sources and bytes, for a picture along the file. Filled for ENT and DIFF only, and empty
    /// in a final snapshot, whose value says it all.
    /// </summary>
    public IReadOnlyList<PlacedChunk> Chunks { get; init; } = [];

    /// <summary>
    /// Grows with everything that happens to the job's counters and state: equal numbers are equal progress, whichever client asks. 0 while the job's
    /// record was not read.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>How many of the job's finished chunks, in the order they were announced, are behind <see cref="Value"/> and <see cref="Estimate"/>.</summary>
    public long FeedPosition { get; init; }

    /// <summary>A sentence for the user about a job that does not move, for example that no worker is connected; else null.</summary>
    public string? Notice { get; init; }

    /// <summary>The counts of a histogram of the whole, estimated while the job runs; null of other jobs, and while nothing is known.</summary>
    public double[]? HistogramCounts() => this switch
    {
        { Exact: false, Estimate: HistogramEstimate estimate } => [.. estimate.Counts],
        { Value: HistogramValue value } => Array.ConvertAll(value.Counts, count => (double)count),
        _ => null,
    };
}
