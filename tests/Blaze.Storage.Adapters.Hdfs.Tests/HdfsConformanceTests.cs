using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

/// <summary>The suite of every store, against a cluster with a standby name node asked first.</summary>
public sealed class HdfsConformanceTests(ClusterFixture cluster) : ObjectStoreConformance, IClassFixture<ClusterFixture>, IDisposable
{
    private readonly string _folder = Guid.NewGuid().ToString("N");
    private readonly HdfsStore _store = new("hdfs", new HdfsOptions
    {
        User = "alice",
        NameServices = new Dictionary<string, IReadOnlyList<string>> { ["cluster"] = [.. cluster.Server.NameNodes.Reverse()] },
    });

    protected override IObjectStore Store => _store;

    protected override ResourceUri Root => ResourceUri.Create("hdfs", "cluster", "/"u8).Append($"root [1] %20*/{_folder}");

    protected override bool ReadsAreConditional => false;

    public void Dispose() => _store.Dispose();
}
