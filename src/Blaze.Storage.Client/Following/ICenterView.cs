using Blaze.Storage.Center;
using Blaze.Storage.Center.Jobs;

namespace Blaze.Storage.Client.Following;

/// <summary>What following a job needs of the center.</summary>
internal interface ICenterView
{
    /// <summary>Raised with a job's id when it ended; may be missed.</summary>
    event Action<string>? JobEnded;

    CenterAddress Address { get; }

    /// <summary>The job's record, or null; without its question and plan unless they are wanted, because they can be large.</summary>
    Task<JobRecord?> GetJobAsync(string jobId, bool withPlan, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> FeedAsync(string jobId, long fromIndex, int max, CancellationToken cancellationToken);

    Task<IReadOnlyList<byte[]?>> GetValuesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    Task<bool> AnyWorkerAsync(CancellationToken cancellationToken);

    Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken);
}
