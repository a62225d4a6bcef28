using Blaze.Storage.Client.Following;
using Blaze.Storage.Client.Sharing;

namespace Blaze.Storage.Client;

public sealed partial class BlazeClient
{
    private const int RecentJobsLookedAt = 200;
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(1);

    /// <summary>The values that clients keep together under names, and graphs of calls that belong to no single client.</summary>
    public SharedTable Shared => field ??= new SharedTable(_center, _values, _options);

    /// <summary>How the cluster does just now.</summary>
    public async Task<ClusterState> ClusterAsync(CancellationToken cancellationToken = default)
    {
        var workers = await WorkersAsync(cancellationToken).ConfigureAwait(false);
        var queue = await _center.Jobs.QueueAsync(cancellationToken).ConfigureAwait(false);
        var (records, _) = await _center.Jobs.PageAsync(null, RecentJobsLookedAt, null, null, cancellationToken).ConfigureAwait(false);
        var recent = records.Where(record => record.Ended > queue.Now - Recently).Select(JobRecords.BytesOf).ToList();
        var bytes = new ByteCounts(
            recent.Sum(job => job.Total), recent.Sum(job => job.Read), recent.Sum(job => job.Cached), recent.Sum(job => job.Computed), recent.Sum(job => job.Remote));
        return new ClusterState(workers, queue.Ready, queue.Leased, queue.Now - queue.Oldest, new RecentJobs(Recently.TotalSeconds, recent.Count, bytes));
    }
}
