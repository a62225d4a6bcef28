using Blaze.Storage.Center.Jobs;

namespace Blaze.Storage.Client.Following;

/// <summary>Notices that a job waits because there is nobody to work on it.</summary>
internal sealed class WorkerWatch(ICenterView center, BlazeClientOptions options)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = options.TimeProvider;
    private JobProgress? _progress;
    private long _still;
    private long? _checked;
    private string? _notice;

    /// <summary>A sentence for the user when the job stands still and no worker is connected; else null.</summary>
    public async Task<string?> NoticeAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        if (_progress != progress)
        {
            (_progress, _still, _checked, _notice) = (progress, _time.GetTimestamp(), null, null);
            return null;
        }

        if (_time.GetElapsedTime(_still) < options.NoWorkerNotice || (_checked is { } last && _time.GetElapsedTime(last) < CheckInterval))
            return _notice;
        _notice = await center.AnyWorkerAsync(cancellationToken).ConfigureAwait(false)
            ? null
            : $"no worker is connected to the center at {center.Address}; start one with 'blaze worker'";
        _checked = _time.GetTimestamp();
        return _notice;
    }
}
