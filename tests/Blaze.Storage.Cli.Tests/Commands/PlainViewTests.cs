using System.Runtime.CompilerServices;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Questions;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class PlainViewTests
{
    private static readonly JobSnapshot End = new() { JobId = "j", State = JobState.Done };

    [Fact]
    public async Task FollowAsync_LongJob_WritesALineASecond()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var cluster = new SlowCluster(4 << 20, (1 << 20, 0), (2 << 20, 1 << 20));
        var snapshot = await FollowAsync(cluster, error);
        Assert.Same(End, snapshot);
        Assert.Equal(
            "blaze: 25.0 %  1.00 MiB of 4.00 MiB  1.00 MiB/s  cache 0.0 %  3.0 s left\n" +
            "blaze: 75.0 %  3.00 MiB of 4.00 MiB  1.50 MiB/s  cache 25.0 %  667 ms left\n",
            error.ToString());
    }

    [Fact]
    public async Task FollowAsync_NobodyPlans_SaysThatNoWorkerIsThere()
    {
        using var error = new StringWriter { NewLine = "\n" };
        await FollowAsync(new SlowCluster(0, (0, 0), (0, 0), (0, 0)), error);
        var lines = error.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(["blaze: planning ...", "blaze: planning ..."], lines[..2]);
        Assert.Contains("no worker is connected", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowAsync_CenterAway_SaysSoAndWaitsOn()
    {
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Same(End, await FollowAsync(new SlowCluster(-1, (0, 0)), error));
        Assert.Equal("blaze: The center is away.\n", error.ToString());
    }

    // Each look at the job lets the next second pass; after the last look the job ends.
    private static Task<JobSnapshot> FollowAsync(SlowCluster cluster, StringWriter error)
    {
        var view = new PlainView(new Terminal(Stream.Null, error, null, unicode: false), cluster.Time);
        var following = view.FollowAsync(cluster, "j", TestContext.Current.CancellationToken);
        cluster.Time.Tick();
        return following.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private sealed class SlowCluster(long total, params (long Computed, long Cached)[] seconds) : ICluster
    {
        private readonly TaskCompletionSource<JobSnapshot> _end = new();
        private int _second;

        public HandTime Time { get; } = new();

        public Task<JobSnapshot> WaitAsync(string jobId, CancellationToken cancellationToken) => _end.Task;

        public Task<JobInfo?> FindJobAsync(string jobId, CancellationToken cancellationToken)
        {
            var (computed, cached) = seconds[_second++];
            if (_second == seconds.Length)
                _end.SetResult(End);
            else
                Time.Tick();
            if (total < 0)
                throw new BlazeException("The center is away.");
            var spec = new JobSpec("HIST", new Dictionary<string, string>(), ["file:///a"], null, null);
            var detail = total == 0 ? null : new JobDetail("HIST", spec.Parameters, [new JobSource("file:///a", "", total, 0, total)], 0, total);
            return Task.FromResult<JobInfo?>(new JobInfo(
                jobId, spec, JobState.Running, default, null, 0, default, new ByteCounts(total, computed, cached, computed), detail, null));
        }

        public Task<IReadOnlyList<WorkerInfo>> WorkersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WorkerInfo>>([]);

        public Task<string> SubmitAsync(JobSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<JobSnapshot> FollowAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<object?> CallAsync(string operation, IReadOnlyList<object?> arguments, ResourceAmounts resources, Action<string> note, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<JobInfo>> JobsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
