using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Composition;

/// <summary>The stores this program knows: the one place where adapters are chosen.</summary>
internal static class Stores
{
    public static ObjectStoreRegistry Create() => new(new LocalFileStore());
}
