using System.Globalization;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class ListingTests
{
    private static readonly string[] Names = ["a", "a!/x", "a-/x/y", "a.", "a/x", "a0", "b", "z", "é"];

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1000, true)]
    [InlineData(1, false)]
    public async Task List_InPagesOrAtOnce_IsInTheOrderOfThePathsBytes(int pageSize, bool knowsPages)
    {
        await using var cluster = await StartAsync(new WebHdfsServerOptions { PageSize = pageSize, KnowsPages = knowsPages });
        foreach (var name in Names.Where(name => name != "a"))
            await cluster.Store.PutAsync(cluster.Uri("d/" + name), Bytes(1), Token);
        Assert.Equal(Names.Where(name => name != "a").Select(name => cluster.Uri("d/" + name)), await ListedAsync(cluster, "d"));
        cluster.Watch();
        await ListedAsync(cluster, "d/a");
        Assert.All(cluster.Asked, asked => Assert.Equal(knowsPages ? "name0 LISTSTATUS_BATCH" : "name0 LISTSTATUS", asked));
    }

    [Fact]
    public async Task List_OfManyPages_GivesEachOnceAndAsksForEachPage()
    {
        await using var cluster = await StartAsync(new WebHdfsServerOptions { PageSize = 100 });
        await Parallel.ForAsync(0, 1050, Token, async (index, token) =>
            await cluster.Store.PutAsync(cluster.Uri("d/" + index.ToString("D5", CultureInfo.InvariantCulture)), Bytes(1), token));
        cluster.Watch();
        Assert.Equal(
            Enumerable.Range(0, 1050).Select(index => cluster.Uri("d/" + index.ToString("D5", CultureInfo.InvariantCulture))), await ListedAsync(cluster, "d"));
        Assert.Equal(11, cluster.Asked.Count);
    }

    [Fact]
    public async Task List_OfDirectoriesTheFilterRefuses_DoesNotAskForThem()
    {
        await using var cluster = await StartAsync();
        foreach (var name in new[] { "d/a/1", "d/b/1", "d/c" })
            await cluster.Store.PutAsync(cluster.Uri(name), Bytes(1), Token);
        cluster.Watch();
        var filter = new ListFilter(directory => directory.Name != "b", _ => true);
        Assert.Equal([cluster.Uri("d/a/1"), cluster.Uri("d/c")], await ListedAsync(cluster, "d", filter));
        Assert.Equal(2, cluster.Asked.Count);
    }

    [Fact]
    public async Task List_OfADirectoryThatMayNotBeRead_IsPermissionDenied()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("d/a"), Bytes(1), Token);
        cluster.Server.SetMode("/d", "000");
        await cluster.FailsAsync(ObjectStoreErrorKind.PermissionDenied, () => ListedAsync(cluster, "d"));
    }

    [Fact]
    public async Task List_OfTheRoot_GivesEverything()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("d/a"), Bytes(1), Token);
        var listed = new List<ResourceUri>();
        await foreach (var info in cluster.Store.ListAsync(ResourceUri.Parse("hdfs://cluster/"), Token))
            listed.Add(info.Uri);
        Assert.Equal([cluster.Uri("d/a")], listed);
    }

    private static async Task<List<ResourceUri>> ListedAsync(TestCluster cluster, string path, ListFilter? filter = null)
    {
        var listed = new List<ResourceUri>();
        await foreach (var info in cluster.Store.ListAsync(cluster.Uri(path), filter, Token))
            listed.Add(info.Uri);
        return listed;
    }
}
