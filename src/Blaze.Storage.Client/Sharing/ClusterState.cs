namespace Blaze.Storage.Client.Sharing;

/// <summary>A cluster at one moment.</summary>
/// <param name="Workers">Its workers.</param>
/// <param name="Ready">How many tasks are ready.</param>
/// <param name="Running">How many tasks workers hold.</param>
/// <param name="OldestReady">How long somebody has waited for what is ready: the oldest job that has tasks at the head of the queue since it was submitted, a call since it was first seen waiting; null where nothing is ready. A call may have waited up to a third longer.</param>
/// <param name="Recent">What the jobs did that ended within the last minute, of the newest 200.</param>
public sealed record ClusterState(IReadOnlyList<WorkerInfo> Workers, long Ready, long Running, TimeSpan? OldestReady, RecentJobs Recent);

/// <summary>What jobs did within a time.</summary>
/// <param name="Seconds">The time.</param>
/// <param name="Jobs">How many ended in it.</param>
/// <param name="Bytes">Their bytes.</param>
public sealed record RecentJobs(double Seconds, int Jobs, ByteCounts Bytes)
{
    /// <summary>The share of the bytes whose values were known before, 0 … 1; null where there were none.</summary>
    public double? CachedShare => Bytes.Cached + Bytes.Computed > 0 ? (double)Bytes.Cached / (Bytes.Cached + Bytes.Computed) : null;
}
