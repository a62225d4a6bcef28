using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class FailoverTests
{
    [Fact]
    public async Task Stat_WithAStandbyFirst_AsksTheActiveOneAndRemembersIt()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        cluster.Server.ActiveNameNode = "name1";
        cluster.Watch();
        await cluster.Store.StatAsync(cluster.Uri("a"), Token);
        await cluster.Store.StatAsync(cluster.Uri("a"), Token);
        cluster.Server.ActiveNameNode = "name0";
        await cluster.Store.StatAsync(cluster.Uri("a"), Token);
        Assert.Equal(["name0 GETFILESTATUS", "name1 GETFILESTATUS", "name1 GETFILESTATUS", "name1 GETFILESTATUS", "name0 GETFILESTATUS"], cluster.Asked);
    }

    [Fact]
    public async Task Put_WithADeadNameNode_GoesToTheOther()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        await cluster.Server.StopNameNodeAsync(0);
        cluster.Server.ActiveNameNode = "name1";
        await cluster.Store.StatAsync(cluster.Uri("a"), Token);
        cluster.Watch();
        await cluster.Store.PutAsync(cluster.Uri("b"), Bytes(20), PutMode.Create, Token);
        Assert.Equal(Bytes(20), await cluster.Store.GetAsync(cluster.Uri("b"), null, Token));
        Assert.DoesNotContain(cluster.Asked, asked => asked.StartsWith("name0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stat_WithNoActiveNameNode_IsTransientAndNamesAll()
    {
        await using var cluster = await StartAsync(new WebHdfsServerOptions { NameNodes = 3 });
        cluster.Server.ActiveNameNode = "none";
        await cluster.Server.StopNameNodeAsync(1);
        cluster.Watch();
        var failure = await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => cluster.Store.StatAsync(cluster.Uri("a"), Token));
        Assert.All(cluster.Server.NameNodes, node => Assert.Contains(node, failure.Message, StringComparison.Ordinal));
        Assert.Equal(["name0 GETFILESTATUS", "name2 GETFILESTATUS"], cluster.Asked);
    }

    [Fact]
    public async Task Stat_WithANameNodeThatStarts_GoesOnToTheNext()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        cluster.Server.ActiveNameNode = "name1";
        cluster.Watch(request => request.Node == "name0" ? WebHdfsFault.Throw(HadoopException.Retriable()) : null);
        Assert.Equal(10, (await cluster.Store.StatAsync(cluster.Uri("a"), Token)).Length);
    }

    [Fact]
    public async Task Change_WhoseAnswerIsLost_IsNotRepeatedAtAnotherNameNode()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        cluster.Watch(request => request.Operation == "DELETE" ? WebHdfsFault.LoseAnswer : null);
        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => cluster.Store.DeleteAsync(cluster.Uri("a"), Token));
        Assert.Single(cluster.Asked, asked => asked.EndsWith("DELETE", StringComparison.Ordinal));
        cluster.Server.Fault = null;
        await cluster.FailsAsync(ObjectStoreErrorKind.NotFound, () => cluster.Store.StatAsync(cluster.Uri("a"), Token));
    }

    [Fact]
    public async Task Put_WhoseRenamingLostItsAnswer_SucceedsAllTheSame()
    {
        await using var cluster = await StartAsync();
        cluster.Watch(request => request.Operation == "RENAME" ? WebHdfsFault.LoseAnswer : null);
        var info = await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), PutMode.Create, Token);
        Assert.Equal(info, await cluster.Store.StatAsync(cluster.Uri("a"), Token));
    }

    [Fact]
    public async Task Stat_OfAPlainHost_AsksThatNameNode()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        var uri = ResourceUri.Parse($"hdfs://{cluster.Server.NameNodes[0]}/a");
        Assert.Equal(10, (await cluster.Store.StatAsync(uri, Token)).Length);
        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => cluster.Store.StatAsync(ResourceUri.Parse($"hdfs://{cluster.Server.NameNodes[1]}/a"), Token));
    }
}
