using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>
/// A cluster as the commands use it. Disposing it closes what was opened for the command, an embedded center and worker included.
/// Calls fail with <see cref="Core.BlazeException"/>.
/// </summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>Submits a job and gives its id.</summary>
    Task<string> SubmitAsync(JobSpec spec, CancellationToken cancellationToken);

    /// <summary>Follows a job with its partial values up to its last snapshot.</summary>
    IAsyncEnumerable<JobSnapshot> FollowAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Waits for a job's last snapshot, without partial values.</summary>
    Task<JobSnapshot> WaitAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Cancels a job: false when it had ended or is unknown.</summary>
    Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>A job's record; null where there is none (any more).</summary>
    Task<JobInfo?> FindJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The recorded jobs, newest first.</summary>
    Task<IReadOnlyList<JobInfo>> JobsAsync(CancellationToken cancellationToken);

    /// <summary>The workers heard of lately, by name.</summary>
    Task<IReadOnlyList<WorkerInfo>> WorkersAsync(CancellationToken cancellationToken);

    /// <summary>Calls an operation and waits for its value.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="resources">What it takes of its worker.</param>
    /// <param name="note">Takes a line about why it takes long, where that is known.</param>
    /// <param name="cancellationToken">Ends the wait and the call.</param>
    Task<object?> CallAsync(string operation, IReadOnlyList<object?> arguments, ResourceAmounts resources, Action<string> note, CancellationToken cancellationToken);

    /// <summary>The names of cached chunks that begin with a prefix.</summary>
    IAsyncEnumerable<string> KeysAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>Opens the cluster a command line asks for.</summary>
internal delegate Task<ICluster> OpenCluster(ClusterChoice choice, CancellationToken cancellationToken);
