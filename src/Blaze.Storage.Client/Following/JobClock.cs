using Blaze.Storage.Center.Jobs;

namespace Blaze.Storage.Client.Following;

/// <summary>
/// How long a job has been running. The end of a job is known on the center's clock; before it, this process measures from the
/// submission if it submitted the job, else from where the two clocks seem to stand.
/// </summary>
internal sealed class JobClock(TimeProvider time, long? submitted)
{
    private readonly long _from = submitted ?? time.GetTimestamp();
    private TimeSpan? _before = submitted is null ? null : TimeSpan.Zero;

    public TimeSpan Elapsed(JobRecord record)
    {
        if (record.Ended is { } ended)
            return AtLeastZero(ended - record.Created);
        var since = time.GetElapsedTime(_from);
        _before ??= AtLeastZero(time.GetUtcNow() - record.Created - since);
        return _before.Value + since;
    }

    private static TimeSpan AtLeastZero(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
