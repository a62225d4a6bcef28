using System.Runtime.CompilerServices;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>A cluster that answers as a test says, and remembers what it was asked.</summary>
internal sealed class FakeCluster(Func<JobSpec, JobSnapshot?> answer) : ICluster
{
    /// <summary>What calls took.</summary>
    public List<ResourceAmounts> CalledWith { get; } = [];

    private readonly Dictionary<string, JobSpec> _jobs = [];
    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<JobSpec> Submitted { get; } = [];

    public List<string> Cancelled { get; } = [];

    public List<JobInfo> Jobs { get; } = [];

    public List<WorkerInfo> Workers { get; } = [];

    public bool Disposed { get; private set; }

    /// <summary>Ends when a job without an answer is being followed.</summary>
    public Task Followed => _followed.Task;

    public Task<string> SubmitAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        Submitted.Add(spec);
        var id = $"j{Submitted.Count}";
        _jobs[id] = spec;
        return Task.FromResult(id);
    }

    public async IAsyncEnumerable<JobSnapshot> FollowAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new JobSnapshot { JobId = jobId, State = JobState.Running };
        yield return await WaitAsync(jobId, cancellationToken);
    }

    public async Task<JobSnapshot> WaitAsync(string jobId, CancellationToken cancellationToken)
    {
        if (answer(_jobs[jobId]) is { } snapshot)
            return snapshot with { JobId = jobId };
        _followed.TrySetResult();
        return await new TaskCompletionSource<JobSnapshot>().Task.WaitAsync(cancellationToken);
    }

    public Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Cancelled.Add(jobId);
        return Task.FromResult(Jobs.Exists(job => job.Id == jobId && job.State == JobState.Running));
    }

    public Task<JobInfo?> FindJobAsync(string jobId, CancellationToken cancellationToken) =>
        Task.FromResult(Jobs.Find(job => job.Id == jobId));

    public Task<IReadOnlyList<JobInfo>> JobsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<JobInfo>>(Jobs);

    public Task<IReadOnlyList<WorkerInfo>> WorkersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WorkerInfo>>(Workers);

    public Task<object?> CallAsync(string operation, IReadOnlyList<object?> arguments, ResourceAmounts resources, Action<string> note, CancellationToken cancellationToken)
    {
        CalledWith.Add(resources);
        if (operation == "slow")
            note("no worker yet");
        return Task.FromResult<object?>(operation == "bytes" ? new byte[] { 65, 66 } : new { operation, arguments });
    }

    public async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (prefix == "none")
            throw new BlazeException("There is no such prefix.");
        yield return $"{prefix}_a.0_1";
        yield return $"{prefix}_a.1_2";
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
