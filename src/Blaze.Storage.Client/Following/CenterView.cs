using Blaze.Storage.Center;
using Blaze.Storage.Center.Jobs;

namespace Blaze.Storage.Client.Following;

/// <summary>The real center, seen by followers.</summary>
internal sealed class CenterView(CenterConnection center) : ICenterView
{
    public event Action<string>? JobEnded
    {
        add => center.JobEnded += value;
        remove => center.JobEnded -= value;
    }

    public CenterAddress Address => center.Address;

    public Task<JobRecord?> GetJobAsync(string jobId, bool withPlan, CancellationToken cancellationToken) =>
        withPlan ? center.Jobs.GetAsync(jobId, cancellationToken) : center.Jobs.GetWithoutPlanAsync(jobId, cancellationToken);

    public Task<IReadOnlyList<string>> FeedAsync(string jobId, long fromIndex, int max, CancellationToken cancellationToken) =>
        center.Jobs.FeedAsync(jobId, fromIndex, max, cancellationToken);

    public Task<IReadOnlyList<byte[]?>> GetValuesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        center.Values.GetAsync(keys, cancellationToken);

    public async Task<bool> AnyWorkerAsync(CancellationToken cancellationToken) =>
        (await center.Workers.ListAsync(cancellationToken).ConfigureAwait(false)).Count > 0;

    public async Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken) =>
        await center.Tasks.CancelAsync(jobId, cancellationToken).ConfigureAwait(false) > 0;
}
