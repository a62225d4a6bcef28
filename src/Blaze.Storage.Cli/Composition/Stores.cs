using Blaze.Storage.Adapters.Hdfs;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Adapters.Resilience;
using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Telemetry;

namespace Blaze.Storage.Cli.Composition;

/// <summary>The stores this program knows: the one place where adapters are chosen, and the one where calls are made to be repeated.</summary>
internal static class Stores
{
    /// <summary>Makes the stores; none is called yet.</summary>
    /// <param name="settings">How the remote ones are reached.</param>
    /// <param name="wrapRemote">What is put around each store that other hosts serve, or null.</param>
    /// <param name="retries">How calls to remote stores are repeated, or null for as long as sources deserve.</param>
    public static ObjectStoreRegistry Create(StoreSettings settings, Func<IObjectStore, IObjectStore>? wrapRemote = null, RetryOptions? retries = null)
    {
        IEnumerable<IObjectStore> remote =
            [new S3Store(settings.S3), .. HdfsStore.Schemes.Select(scheme => new HdfsStore(scheme, settings.Hdfs))];
        IEnumerable<IObjectStore> all =
            [new LocalFileStore(), .. remote.Select(store => new RetryingStore(store, retries)).Select(store => wrapRemote?.Invoke(store) ?? store)];
        return new ObjectStoreRegistry(Telemetry.IsOn ? all.Select(store => new TracedStore(store)) : all);
    }
}
