namespace Blaze.Storage.Client;

/// <summary>A job's chunks by where their values came from.</summary>
/// <param name="Total">The chunks planned so far.</param>
/// <param name="Cached">Those whose values were known or came from a task that another job owned.</param>
/// <param name="Computed">Those computed for this job.</param>
public readonly record struct BlockCounts(long Total, long Cached, long Computed);
