using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Adapters.LocalFile.Caching;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using Blaze.Storage.Core.Results;

namespace Blaze.Storage.Cli.Composition;

/// <summary>The durable cache a command line chose: a folder kept below its budget, or none.</summary>
internal sealed class DurableCache : IAsyncDisposable
{
    private readonly BoundedFolder? _folder;
    private TierUnavailableException? _problem;

    private DurableCache(BoundedFolder? folder, DurableTier? tier)
    {
        _folder = folder;
        Tier = tier;
        if (tier is not null)
            tier.Unavailable += (_, problem) => Interlocked.CompareExchange(ref _problem, problem, null);
    }

    /// <summary>The cache, or null where it is left out.</summary>
    public DurableTier? Tier { get; }

    /// <summary>The first reason why this process could not use the cache; null where there was none.</summary>
    public TierUnavailableException? Problem => Volatile.Read(ref _problem);

    /// <summary>Opens the cache; nothing is read or written yet.</summary>
    /// <param name="place">A folder or a <c>file://</c> URI, or null for the user's cache folder.</param>
    /// <param name="leftOut">Whether there is none.</param>
    /// <exception cref="ObjectStoreException">The place is no location this program can keep results at.</exception>
    public static DurableCache Open(string? place, bool leftOut)
    {
        if (leftOut)
            return new DurableCache(null, null);
        var root = SourcePattern.Parse(place ?? CacheFolder.DefaultPath, Environment.CurrentDirectory).Location;
        if (root.Scheme != ResourceUri.FileScheme)
            throw new ObjectStoreException(ObjectStoreErrorKind.Unsupported, $"Results cannot be kept at '{root.Display}': only local folders can be caches; give --cache a folder.", root.Scheme, root);
        var folder = new BoundedFolder(new LocalFileStore(), root);
        return new DurableCache(folder, new DurableTier(folder, root));
    }

    public ValueTask DisposeAsync() => _folder?.DisposeAsync() ?? default;
}
