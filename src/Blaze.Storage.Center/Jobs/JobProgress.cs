namespace Blaze.Storage.Center.Jobs;

/// <summary>A job's counters. They only grow; totals are known once planning is through.</summary>
/// <param name="BlocksTotal">Blocks planned, cached ones included.</param>
/// <param name="BlocksCached">Blocks found in the cache or computed for another job.</param>
/// <param name="BlocksComputed">Blocks computed for this job.</param>
/// <param name="BytesTotal">Bytes planned.</param>
/// <param name="BytesCached">Bytes of the cached blocks.</param>
/// <param name="BytesComputed">Bytes of the computed blocks.</param>
/// <param name="BytesRead">Bytes really read from the source for this job.</param>
/// <param name="BytesRemote">How many of the bytes read came from another host than the one that read them.</param>
public sealed record JobProgress(
    long BlocksTotal, long BlocksCached, long BlocksComputed, long BytesTotal, long BytesCached, long BytesComputed, long BytesRead,
    long BytesRemote = 0);
