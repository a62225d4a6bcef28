namespace Blaze.Storage.Center.Tasks;

/// <summary>What planning adds to the counters of the jobs that want the planned task.</summary>
/// <param name="BlocksTotal">Blocks the plan covers, cached ones included.</param>
/// <param name="BytesTotal">Bytes the plan covers, cached ones included.</param>
/// <param name="BlocksCached">Blocks found in the cache, for which no task is added.</param>
/// <param name="BytesCached">Bytes of those blocks.</param>
public readonly record struct ProgressDelta(long BlocksTotal, long BytesTotal, long BlocksCached, long BytesCached)
{
    /// <summary>No change.</summary>
    public static readonly ProgressDelta None;
}
