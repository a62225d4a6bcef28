namespace Blaze.Storage.Center.Workers;

/// <summary>Who works here.</summary>
public sealed class WorkerTable
{
    internal WorkerTable()
    {
    }

    /// <summary>The workers that renewed within the last minute, by name.</summary>
    public Task<IReadOnlyList<WorkerRecord>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Forgets a worker that ends in order.</summary>
    public Task RemoveAsync(string worker, CancellationToken cancellationToken) => throw new NotSupportedException();
}
