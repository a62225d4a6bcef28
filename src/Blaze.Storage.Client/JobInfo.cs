using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Client;

/// <summary>A job as the center records it, without its value.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Spec">What was asked.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Created">When it was submitted, on the center's clock.</param>
/// <param name="Ended">When it ended; null while it runs.</param>
/// <param name="Priority">Its priority, -100 … 100.</param>
/// <param name="Blocks">Its chunks.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Detail">What planning found; null until then.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record JobInfo(
    string Id,
    JobSpec Spec,
    JobState State,
    DateTimeOffset Created,
    DateTimeOffset? Ended,
    int Priority,
    BlockCounts Blocks,
    ByteCounts Bytes,
    JobDetail? Detail,
    JobError? Error);
