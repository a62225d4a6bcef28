using Blaze.Storage.Core;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;
using Blaze.Storage.Core.Operations.Difference;

namespace Blaze.Storage.Worker.Planning;

/// <summary>Finds out what a job is about: which resources, at which versions, which bytes of each, read how.</summary>
internal sealed class SourceResolver(ObjectStoreRegistry stores, TypedFiles typedFiles)
{
    // A job lists its sources in one record; beyond this it should be several jobs.
    private const int MostSources = 100_000;

    /// <summary>The extents of a job, in the order their values are merged; at least one.</summary>
    /// <exception cref="BlazeException">The question cannot be asked of these sources; the message says why.</exception>
    public async Task<IReadOnlyList<Extent>> ResolveAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        var resources = await FindAsync(spec, cancellationToken);
        if (TypedFiles.AreAskedFor(spec))
            return await typedFiles.ResolveAsync(spec, resources, cancellationToken);
        var operation = OperationCatalog.Create(spec.Op, spec.Parameters);
        if (operation.InputCount == 1)
            return [.. resources.Select(resource => new Extent(operation, [resource], JobRange.Of(spec, resource)))];
        return resources is [var first, var second]
            ? [new Extent(operation, [first, second], JobRange.Of(spec, first.Length >= second.Length ? first : second))]
            : throw new BlazeException($"{operation.Name} compares exactly two files, but the sources name {resources.Count}; name two files.");
    }

    private async Task<IReadOnlyList<ResourceInfo>> FindAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        var found = new List<ResourceInfo>();
        var seen = new HashSet<ResourceUri>();
        var reach = new SourceReach(spec.Limits, stores);
        foreach (var source in spec.Sources)
        {
            var pattern = SourcePattern.Parse(source, "/");
            reach.Check(pattern);
            await foreach (var resource in stores.ExpandAsync(pattern, reach.Enters, cancellationToken))
            {
                reach.Check(resource);
                // A comparison may well be of a file with itself; a merge counts each file once, however many sources name it.
                if (!seen.Add(resource.Uri) && !spec.Op.Equals(new DifferenceOperation().Name, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (found.Count == MostSources)
                    throw new BlazeException($"The sources name more than {MostSources} files; ask about fewer at a time.");
                found.Add(resource);
            }
        }

        return found;
    }
}
