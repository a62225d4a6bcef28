using Blaze.Storage.TestKit.WebHdfs;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

/// <summary>A cluster with small blocks and pages that the tests of a class share.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public WebHdfsServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await WebHdfsServer.StartAsync(new WebHdfsServerOptions { BlockSize = 256 * 1024, PageSize = 7 });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
