using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

/// <summary>
/// The suite of every store, against the real cluster that <c>BLAZE_TEST_WEBHDFS</c> names by a location that may be written below, such as
/// <c>hdfs://host:9870/tmp/blaze-test</c>; as the user <c>BLAZE_TEST_WEBHDFS_USER</c>, where that is set.
/// </summary>
public sealed class RealClusterTests : ObjectStoreConformance, IDisposable
{
    private static readonly string? Location = Environment.GetEnvironmentVariable("BLAZE_TEST_WEBHDFS");
    private readonly string _folder = Guid.NewGuid().ToString("N");
    private readonly HdfsStore _store;

    public RealClusterTests()
    {
        Assert.SkipWhen(Location is null, "BLAZE_TEST_WEBHDFS names no cluster.");
        _store = new HdfsStore(ResourceUri.Parse(Location!).Scheme, new HdfsOptions { User = Environment.GetEnvironmentVariable("BLAZE_TEST_WEBHDFS_USER") });
    }

    protected override IObjectStore Store => _store;

    protected override ResourceUri Root => ResourceUri.Parse(Location!).Append(_folder);

    protected override bool ReadsAreConditional => false;

    public void Dispose() => _store.Dispose();
}
