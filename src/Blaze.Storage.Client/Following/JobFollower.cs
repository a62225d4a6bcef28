using System.Runtime.CompilerServices;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Client.Estimates;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Client.Following;

/// <summary>
/// Turns what the center records of a job into snapshots. Polls; the center's messages only shorten a wait. One follower serves one
/// enumeration.
/// </summary>
internal sealed class JobFollower : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    // Who waits for the end alone is told of it; looking is for the case that the message is lost, and many may wait.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    // Making a snapshot of a large answer takes time; at most a fifth of it all is spent on that, unless updates would become rare.
    private const int PausePerWork = 4;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(2);

    private readonly string _jobId;
    private readonly ICenterView _center;
    private readonly BlazeClientOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _withPartialValues;
    private readonly StoredValues _values;
    private readonly Wake _wake;
    private readonly JobClock _clock;
    private readonly CenterWatch _watch;
    private readonly WorkerWatch _workers;
    private JobSpec? _spec;
    private JobDetail? _detail;
    private Operation? _operation;
    private FeedReader? _feed;

    public JobFollower(string jobId, ICenterView center, BlazeClientOptions options, long? submitted, bool withPartialValues)
    {
        _jobId = jobId;
        _center = center;
        _options = options;
        _time = options.TimeProvider;
        _withPartialValues = withPartialValues;
        _values = new StoredValues(center, options.Durable);
        _wake = new Wake(jobId, center, _time);
        _clock = new JobClock(_time, submitted);
        _watch = new CenterWatch(center.Address, options);
        _workers = new WorkerWatch(center, options);
    }

    public void Dispose() => _wake.Dispose();

    /// <summary>The snapshots: one at once, then changes at the agreed rate, the last one at once.</summary>
    public async IAsyncEnumerable<JobSnapshot> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobSnapshot? given = null;
        Seen? seen = null;
        var due = _time.GetTimestamp();
        var (pause, longest) = _withPartialValues ? (ShortestPause, LongestPause) : (ShortestWait, LongestWait);
        while (true)
        {
            var started = _time.GetTimestamp();
            var isDue = started >= due;
            var look = await LookAsync(isDue, seen, given, cancellationToken).ConfigureAwait(false);
            if (look is { } found && (found.Snapshot.IsTerminal || isDue))
            {
                (given, seen) = found;
                due = NextDue(started);
                yield return found.Snapshot;
                if (found.Snapshot.IsTerminal)
                    yield break;
            }

            await _wake.PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < longest ? pause * 2 : longest;
        }
    }

    /// <summary>What a snapshot was made of; equal ones would make equal snapshots.</summary>
    private sealed record Seen(JobProgress? Progress, bool Planned, int Chunks, string? Notice);

    private long NextDue(long started)
    {
        var now = _time.GetTimestamp();
        var rest = PausePerWork * _time.GetElapsedTime(started, now);
        rest = rest < LongestInterval ? rest : LongestInterval;
        var interval = rest > _options.UpdateInterval ? rest : _options.UpdateInterval;
        return now + (long)(interval.TotalSeconds * _time.TimestampFrequency);
    }

    // Null where there is nothing new to say. A job that ended is reported whether or not a snapshot is due.
    private async Task<(JobSnapshot Snapshot, Seen Seen)?> LookAsync(
        bool isDue, Seen? seen, JobSnapshot? given, CancellationToken cancellationToken)
    {
        try
        {
            var record = await _center.GetJobAsync(_jobId, withPlan: _detail is null, cancellationToken).ConfigureAwait(false)
                ?? throw new NoSuchJobException($"There is no job '{_jobId}' at {_center.Address}: it never was, or it ended long ago and was forgotten.");
            Learn(record);
            if (record.State == Center.Jobs.JobState.Done)
                return (await FinalAsync(record, cancellationToken).ConfigureAwait(false), new Seen(record.Progress, true, 0, null));
            var ended = record.State != Center.Jobs.JobState.Running;
            if (!isDue && !ended)
                return null;
            if (_withPartialValues && _feed is not null)
                await _feed.ReadPageAsync(cancellationToken).ConfigureAwait(false);
            var notice = ended ? null : await _workers.NoticeAsync(record.Progress, cancellationToken).ConfigureAwait(false);
            var now = new Seen(record.Progress, _detail is not null, _feed?.Answer.Count ?? 0, notice);
            _watch.Answered();
            return now == seen && !ended ? null : (Partial(record, notice), now);
        }
        catch (CenterException failure) when (failure.Kind == CenterErrorKind.Unavailable)
        {
            var notice = _watch.Away(failure);
            var now = (seen ?? new Seen(null, false, 0, null)) with { Notice = notice };
            return now == seen ? null : ((given ?? Blank()) with { Notice = notice }, now);
        }
    }

    private void Learn(JobRecord record)
    {
        if (_detail is not null || JobRecords.DetailOf(record) is not { } detail)
            return;
        _detail = detail;
        _spec = JobRecords.SpecOf(record);
        _operation = JobRecords.OperationOf(_spec, detail);
        _feed = new FeedReader(_jobId, _center, _values, _operation!, detail);
    }

    private async Task<JobSnapshot> FinalAsync(JobRecord record, CancellationToken cancellationToken)
    {
        _operation ??= JobRecords.OperationOf(JobRecords.SpecOf(record), _detail);
        if (_operation is null || record.ResultKey is not { } key)
            throw new BlazeException($"The job {_jobId} is done, but the center does not say where its value is: ask again.");
        var rows = (await _values.ReadAsync(_operation, [key], cancellationToken).ConfigureAwait(false))[0]
            ?? throw new ValueGoneException(
                $"The job {_jobId} is done, but its value {key} is neither in the center nor in a durable cache this process can read: ask again, it is computed anew.");
        var value = _operation.Merge(rows);
        return Base(record) with
        {
            Coverage = 1,
            Value = value,
            Estimate = Estimator.Exact(value, record.Progress.BlocksComputed),
        };
    }

    private JobSnapshot Partial(JobRecord record, string? notice) => Base(record) with
    {
        Error = JobRecords.ErrorOf(record),
        Value = _feed?.Answer.Value(),
        Estimate = _feed?.Answer.Estimate(),
        Chunks = _feed?.Answer.Chunks() ?? [],
        Notice = notice,
    };

    private JobSnapshot Base(JobRecord record)
    {
        var bytes = JobRecords.BytesOf(record);
        if (_detail is not null)
            bytes = bytes with { Total = JobRecords.WholeBytes(_operation!, _detail) };
        return Blank() with
        {
            State = JobRecords.StateOf(record),
            Record = record.State == Center.Jobs.JobState.Running ? null : JobRecords.Read(record, _spec ?? JobRecords.SpecOf(record), _detail),
            Operation = _operation,
            Detail = _detail,
            Blocks = JobRecords.BlocksOf(record),
            Bytes = bytes,
            Revision = JobRecords.RevisionOf(record),
            FeedPosition = _feed?.Position ?? 0,
            Coverage = bytes.Total > 0 ? Math.Min(1, (double)(bytes.Cached + bytes.Computed) / bytes.Total) : 0,
            Elapsed = _clock.Elapsed(record),
        };
    }

    private JobSnapshot Blank() => new() { JobId = _jobId, State = JobState.Running };
}
