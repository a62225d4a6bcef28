namespace Blaze.Storage.Center.Jobs;

/// <summary>What there is to do, for whoever decides how many workers there should be.</summary>
/// <param name="Ready">How many tasks are ready.</param>
/// <param name="Leased">How many tasks workers hold.</param>
/// <param name="Oldest">
/// Since when the oldest job waits among those with one of the first 64 ready tasks; null where none of these belongs to a job. Calls of clients tell no time.
/// </param>
/// <param name="Now">The time on the server's clock.</param>
public sealed record QueueState(long Ready, long Leased, DateTimeOffset? Oldest, DateTimeOffset Now);
