namespace Blaze.Storage.Center.Jobs;

/// <summary>What the center knows of a job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Spec">What was asked for, as submitted.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Created">When it was submitted, on the server's clock.</param>
/// <param name="Ended">When it ended, on the server's clock; null while it runs.</param>
/// <param name="Priority">−100 … 100.</param>
/// <param name="Progress">Its counters.</param>
/// <param name="RootKey">Its root task.</param>
/// <param name="Detail">JSON text a plan recorded; null if none.</param>
/// <param name="ResultKey">The key of its value, aliases resolved; null unless done.</param>
/// <param name="Error">JSON text of the failure; null unless failed.</param>
/// <param name="FeedLength">Number of entries in its feed so far.</param>
public sealed record JobRecord(
    string Id,
    string Spec,
    JobState State,
    DateTimeOffset Created,
    DateTimeOffset? Ended,
    int Priority,
    JobProgress Progress,
    string RootKey,
    string? Detail,
    string? ResultKey,
    string? Error,
    long FeedLength);
