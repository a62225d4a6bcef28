using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>A line a second on the error output for jobs that take longer than that. Partial values are not even fetched.</summary>
internal sealed class PlainView(Terminal terminal, TimeProvider time) : IJobView
{
    private const int Width = 120;
    private const int SecondsWithoutPlan = 3;

    private readonly RateMeter _rate = new();

    /// <inheritdoc/>
    public async Task<JobSnapshot> FollowAsync(ICluster cluster, string jobId, CancellationToken cancellationToken)
    {
        _rate.Add(TimeSpan.Zero, 0);
        var end = cluster.WaitAsync(jobId, cancellationToken);
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        for (var second = 1; await IsOneMoreSecondAsync(end, seconds, cancellationToken); second++)
            await terminal.Error.WriteLineAsync($"blaze: {await LineAsync(cluster, jobId, second, cancellationToken)}");
        return await end;
    }

    // A cancelled wait ends the loop too: the job's end is about to tell the same.
    private static async Task<bool> IsOneMoreSecondAsync(Task end, PeriodicTimer seconds, CancellationToken cancellationToken) =>
        await Task.WhenAny(end, seconds.WaitForNextTickAsync(cancellationToken).AsTask()) != end && !cancellationToken.IsCancellationRequested;

    private async Task<string> LineAsync(ICluster cluster, string jobId, int second, CancellationToken cancellationToken)
    {
        try
        {
            if (await cluster.FindJobAsync(jobId, cancellationToken) is not { } job)
                return "the job is unknown to the center";
            if (job.Detail is null && second >= SecondsWithoutPlan && (await cluster.WorkersAsync(cancellationToken)).Count == 0)
                return "waiting: no worker is connected to this center; start one with `blaze worker --center ...`";
            var rate = _rate.Add(TimeSpan.FromSeconds(second), job.Bytes.Cached + job.Bytes.Computed);
            return ProgressLine.Of(SnapshotOf(job), rate, Width, unicode: false, bar: false);
        }
        catch (BlazeException failure)
        {
            // Whoever waits for the end of the job decides how long the center may be away.
            return failure.Message;
        }
    }

    private static JobSnapshot SnapshotOf(JobInfo job) => new()
    {
        JobId = job.Id,
        State = job.State,
        Detail = job.Detail,
        Blocks = job.Blocks,
        Bytes = job.Bytes,
        Coverage = job.Bytes.Total > 0 ? (double)(job.Bytes.Cached + job.Bytes.Computed) / job.Bytes.Total : 0,
    };
}
