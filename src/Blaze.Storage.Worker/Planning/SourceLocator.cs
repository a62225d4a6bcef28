using System.Collections.Concurrent;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Planning;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Planning;

/// <summary>Asks stores where the bytes of a plan lie, each resource once.</summary>
internal sealed partial class SourceLocator(ObjectStoreRegistry stores, ILogger logger)
{
    private const int MostAtOnce = 8;

    /// <summary>
    /// Where chunks of these extents are best computed. A store that cannot say now costs the nearness of the bytes, not the job.
    /// </summary>
    /// <exception cref="ObjectStoreException">NotFound: a resource is gone.</exception>
    public async Task<Placement> LocateAsync(
        IReadOnlyList<(Extent Extent, KnownBlocks Known)> extents, LiveHosts hosts, CancellationToken cancellationToken)
    {
        if (hosts.All.Count < 2)
            return Placement.None;
        var ranges = new Dictionary<ResourceUri, ByteRange>();
        foreach (var (extent, known) in extents)
        {
            if (extent.Range.IsEmpty || known.Find(extent.Range) is not null)
                continue;
            foreach (var resource in extent.Resources)
                ranges[resource.Uri] = ranges.TryGetValue(resource.Uri, out var range) ? Around(range, extent.Range) : extent.Range;
        }

        var located = new ConcurrentDictionary<ResourceUri, IReadOnlyList<LocatedRange>>();
        await Parallel.ForEachAsync(
            ranges,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (one, token) => located[one.Key] = await AskAsync(one.Key, one.Value, token));
        return new Placement(hosts, located);
    }

    private static ByteRange Around(ByteRange one, ByteRange other) => new(Math.Min(one.Start, other.Start), Math.Max(one.End, other.End));

    private async Task<IReadOnlyList<LocatedRange>> AskAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken)
    {
        try
        {
            return await stores.For(uri).LocationsAsync(uri, range, cancellationToken);
        }
        catch (ObjectStoreException problem) when (problem.Kind != ObjectStoreErrorKind.NotFound)
        {
            LogNotLocated(logger, uri.Display, problem.Message);
            return [];
        }
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "Where '{Resource}' lies is not known, so its parts are computed anywhere: {Problem}")]
    private static partial void LogNotLocated(ILogger logger, string resource, string problem);
}
