namespace Blaze.Storage.Center.Jobs;

/// <summary>What there is to do, for whoever decides how many workers there should be.</summary>
/// <param name="Ready">How many tasks are ready.</param>
/// <param name="Leased">How many tasks workers hold.</param>
/// <param name="Oldest">
/// Since when somebody waits for what is ready: the time of submission of the oldest job with one of the first 64 ready tasks, or, where that is earlier, the time since
/// which a task, one of a session as well, has been seen ready that still is; null where nothing is ready. Tasks are seen when workers renew their leases and when this is
/// asked for, not all of them: the one that waits longest has waited up to a third longer than is known of it, and the time between two looks.
/// </param>
/// <param name="Now">The time on the server's clock.</param>
public sealed record QueueState(long Ready, long Leased, DateTimeOffset? Oldest, DateTimeOffset Now);
