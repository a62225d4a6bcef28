using Blaze.Storage.Center;

namespace Blaze.Storage.Client.Futures;

/// <summary>Repeats calls to a center that is away, with growing pauses, until the deadline. Every call to the center is safe to repeat.</summary>
internal sealed class Patience(TimeProvider time, TimeSpan deadline)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public TimeProvider Time => time;

    public TimeSpan Deadline => deadline;

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (CenterException problem) when (problem.Kind == CenterErrorKind.Unavailable && time.GetElapsedTime(started) < deadline)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
