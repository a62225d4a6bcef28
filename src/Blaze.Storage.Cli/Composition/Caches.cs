using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Adapters.LocalFile.Caching;
using Blaze.Storage.Adapters.LocalFile.Caching.Blocks;
using Blaze.Storage.Adapters.Resilience;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using Blaze.Storage.Core.Results;

namespace Blaze.Storage.Cli.Composition;

/// <summary>What a command line chose to keep, and the stores that keep it.</summary>
internal sealed class Caches : IAsyncDisposable
{
    // Beside the results, not below them: each folder has a budget of its own.
    private const string BlocksSuffix = "-blocks";

    // Work goes on without a cache that is away, so it is not waited for as a source is.
    private static readonly RetryOptions Brief = new() { Attempts = 4, TotalTime = TimeSpan.FromSeconds(5), AttemptTime = TimeSpan.FromSeconds(10) };

    private readonly BoundedFolder? _folder;
    private readonly BlockFolder? _blocks;
    private BlazeException? _problem;

    private Caches(ObjectStoreRegistry sources, BlockFolder? blocks, BoundedFolder? folder, DurableTier? durable)
    {
        Sources = sources;
        Durable = durable;
        _blocks = blocks;
        _folder = folder;
        if (durable is not null)
            durable.Unavailable += (_, problem) => Note(problem);
        if (blocks is not null)
            blocks.Unavailable += (_, problem) => Note(problem);
    }

    /// <summary>Where workers read: every store, with the cache of blocks before the remote ones where there is one.</summary>
    public ObjectStoreRegistry Sources { get; }

    /// <summary>The durable cache of results, or null where it is left out.</summary>
    public DurableTier? Durable { get; }

    /// <summary>The first reason why this process could not use a cache; null where there was none.</summary>
    public BlazeException? Problem => Volatile.Read(ref _problem);

    /// <summary>Opens the caches; nothing is read or written yet.</summary>
    /// <exception cref="BlazeException">The settings of a store are not valid, or a place is no location this program can keep results at.</exception>
    public static Caches Open(CacheChoice choice)
    {
        var blocks = choice.Blocks is { } budget ? new BlockFolder(ResourceUri.FromLocalPath(CacheFolder.DefaultPath + BlocksSuffix), budget) : null;
        var settings = StoreSettings.OfProcess();
        var sources = Stores.Create(settings, blocks is null ? null : store => new BlockCache(store, blocks));
        if (choice.LeftOut)
            return new Caches(sources, blocks, null, null);
        var root = SourcePattern.Parse(choice.Place ?? CacheFolder.DefaultPath, Environment.CurrentDirectory).Location;
        if (root.Scheme != ResourceUri.FileScheme)
            return new Caches(sources, blocks, null, new DurableTier(Stores.Create(settings, retries: Brief).For(root), root));
        var folder = new BoundedFolder(new LocalFileStore(), root);
        return new Caches(sources, blocks, folder, new DurableTier(folder, root));
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
            await _folder.DisposeAsync();
        if (_blocks is not null)
            await _blocks.DisposeAsync();
    }

    private void Note(BlazeException problem) => Interlocked.CompareExchange(ref _problem, problem, null);
}
