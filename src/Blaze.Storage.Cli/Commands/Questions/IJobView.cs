using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>Shows how a job comes along.</summary>
internal interface IJobView
{
    /// <summary>Follows a job to its end and gives its last snapshot, which is shown but not written as a result.</summary>
    Task<JobSnapshot> FollowAsync(ICluster cluster, string jobId, CancellationToken cancellationToken);
}
