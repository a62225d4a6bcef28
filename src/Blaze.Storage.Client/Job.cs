using System.Runtime.CompilerServices;
using Blaze.Storage.Client.Following;

namespace Blaze.Storage.Client;

/// <summary>A submitted job. It goes on whether or not anybody follows it; any number of followers may, from any process.</summary>
public sealed class Job
{
    private readonly ICenterView _center;
    private readonly BlazeClientOptions _options;
    private readonly long? _submitted;

    internal Job(string id, ICenterView center, BlazeClientOptions options, long? submitted)
    {
        _submitted = submitted;
        Id = id;
        _center = center;
        _options = options;
    }

    /// <summary>The job's id.</summary>
    public string Id { get; }

    /// <summary>
    /// Follows the job: its state at once, then whenever it has changed, at most <see cref="BlazeClientOptions.MaxUpdatesPerSecond"/>,
    /// then its last state at once, which ends the sequence. Leaving early leaves the job as it is.
    /// </summary>
    /// <exception cref="Core.BlazeException">
    /// There is no such job, its final value is gone, or the center was away for longer than <see cref="BlazeClientOptions.AwayDeadline"/>.
    /// A job that fails is no exception but a snapshot that says so.
    /// </exception>
    public async IAsyncEnumerable<JobSnapshot> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var follower = new JobFollower(Id, _center, _options, _submitted, withPartialValues: true);
        await foreach (var snapshot in follower.SnapshotsAsync(cancellationToken).ConfigureAwait(false))
            yield return snapshot;
    }

    /// <summary>Waits for the job's last snapshot, without reading partial values. Fails as <see cref="FollowAsync"/> does.</summary>
    public async Task<JobSnapshot> WaitAsync(CancellationToken cancellationToken = default)
    {
        using var follower = new JobFollower(Id, _center, _options, _submitted, withPartialValues: false);
        JobSnapshot? last = null;
        await foreach (var snapshot in follower.SnapshotsAsync(cancellationToken).ConfigureAwait(false))
            last = snapshot;
        return last!;
    }

    /// <summary>Cancels the job: false when it had ended or is unknown.</summary>
    public Task<bool> CancelAsync(CancellationToken cancellationToken = default) => _center.CancelAsync(Id, cancellationToken);
}
