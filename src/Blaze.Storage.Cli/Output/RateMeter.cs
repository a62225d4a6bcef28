namespace Blaze.Storage.Cli.Output;

/// <summary>Bytes per second over the last few seconds, so that a stall or a spurt is seen.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);
    private readonly Queue<(TimeSpan Time, long Bytes)> _samples = new();

    /// <summary>Notes how far a job has come.</summary>
    /// <param name="time">The time since it began; never goes back.</param>
    /// <param name="bytes">The bytes covered by then.</param>
    /// <returns>Bytes per second, 0 while there is too little to tell.</returns>
    public double Add(TimeSpan time, long bytes)
    {
        _samples.Enqueue((time, bytes));
        while (_samples.Count > 2 && time - _samples.Peek().Time > Window)
            _samples.Dequeue();
        var (since, before) = _samples.Peek();
        return time > since ? Math.Max(0, bytes - before) / (time - since).TotalSeconds : 0;
    }
}
