namespace Blaze.Storage.Worker.Results;

/// <summary>
/// The values that are computed and not yet published. Their bytes are bounded: a worker whose center is slow claims nothing more
/// instead of piling them up.
/// </summary>
internal sealed class Backlog
{
    private const long MostBytes = 16 << 20;
    private long _bytes;

    /// <summary>Whether nothing should be added for now.</summary>
    public bool IsFull => Interlocked.Read(ref _bytes) >= MostBytes;

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Remove(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
