namespace Blaze.Storage.Center.Jobs;

/// <summary>Reads jobs. All calls fail with <see cref="CenterException"/> only.</summary>
public sealed class JobTable
{
    internal JobTable()
    {
    }

    /// <summary>The record of a job; null where there is none (any more).</summary>
    public Task<JobRecord?> GetAsync(string jobId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>At most <paramref name="max"/> jobs, newest first.</summary>
    public Task<IReadOnlyList<JobRecord>> ListAsync(int max, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>
    /// The entries of a job's feed from <paramref name="fromIndex"/> (0 is the first), at most <paramref name="max"/>: the keys of its
    /// finished blocks and what its plan announced, in the order of arrival. Empty where there is nothing more yet.
    /// </summary>
    public Task<IReadOnlyList<string>> FeedAsync(string jobId, long fromIndex, int max, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
