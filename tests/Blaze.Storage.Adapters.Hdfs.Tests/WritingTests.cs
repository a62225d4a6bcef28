using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class WritingTests
{
    [Theory]
    [InlineData("name0 CREATE")]
    [InlineData("data CREATE")]
    [InlineData("name0 GETFILESTATUS")]
    [InlineData("name0 RENAME")]
    public async Task Put_ThatFailsOnItsWay_LeavesNothingBehind(string step)
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        cluster.Watch(request => $"{request.Node} {request.Operation}".Replace("data0", "data", StringComparison.Ordinal).Replace("data1", "data", StringComparison.Ordinal) == step
            ? WebHdfsFault.Throw(HadoopException.InputOutput("no")) : null);
        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => cluster.Store.PutAsync(cluster.Uri("a"), Bytes(20), Token));
        cluster.Server.Fault = null;
        Assert.Equal(["/a"], await cluster.FilesAsync());
        Assert.Equal(Bytes(10), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
    }

    [Fact]
    public async Task Put_IntoAClusterThatIsFull_NamesTheQuota()
    {
        await using var cluster = await StartAsync();
        cluster.Watch(request => request.Operation == "CREATE" ? WebHdfsFault.Throw(HadoopException.SpaceQuota("/")) : null);
        var failure = await cluster.FailsAsync(ObjectStoreErrorKind.Other, () => cluster.Store.PutAsync(cluster.Uri("a"), Bytes(20), Token));
        Assert.Contains("quota", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WhoseDataNodeStandsStill_IsTransientAfterTheIdleLimit()
    {
        var time = new ManualTime();
        await using var cluster = await StartAsync(timeProvider: time);
        var reached = new TaskCompletionSource();
        cluster.Watch(request =>
        {
            if (!request.Node.StartsWith("data", StringComparison.Ordinal))
                return null;
            reached.TrySetResult();
            return WebHdfsFault.Stall;
        });
        var writing = cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000), Token);
        await reached.Task;
        // More than once: the client may still be sending when the node has the head of the request.
        while (!writing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => writing);
        cluster.Server.Fault = null;
        Assert.Empty(await cluster.FilesAsync());
    }

    [Fact]
    public async Task Update_WhoseFirstWriterIsBeingSlow_KeepsOthersAway()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 1), Token);
        var reached = new TaskCompletionSource();
        using var go = new ManualResetEventSlim();
        cluster.Watch(request =>
        {
            if (request.Operation == "RENAME" && request.Query.Contains("OVERWRITE", StringComparison.Ordinal) && reached.TrySetResult())
                go.Wait(Token);
            return null;
        });
        var slow = Task.Run(() => cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 2), PutMode.Update(first.Version), Token), Token);
        await reached.Task;
        await cluster.FailsAsync(
            ObjectStoreErrorKind.PreconditionFailed, () => cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 3), PutMode.Update(first.Version), Token));
        go.Set();
        await slow;
        Assert.Equal(Bytes(10, 2), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        Assert.Equal(["/a"], await cluster.FilesAsync());
    }

    [Fact]
    public async Task Update_WhoseWriterDied_IsNotInTheWayForEver()
    {
        await using var cluster = await StartAsync();
        var first = await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 1), Token);
        // The writer dies between making ready and publishing, without cleaning up.
        cluster.Watch(request => request.Query.Contains("OVERWRITE", StringComparison.Ordinal) || request.Operation == "DELETE" ? WebHdfsFault.Reset : null);
        await cluster.FailsAsync(
            ObjectStoreErrorKind.Transient, () => cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 2), PutMode.Update(first.Version), Token));
        cluster.Server.Fault = null;
        var left = Assert.Single(await cluster.FilesAsync(), name => name != "/a");
        await cluster.FailsAsync(
            ObjectStoreErrorKind.PreconditionFailed, () => cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 3), PutMode.Update(first.Version), Token));
        cluster.Server.SetModified(left, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(3));
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10, 3), PutMode.Update(first.Version), Token);
        Assert.Equal(Bytes(10, 3), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        Assert.Equal(["/a"], await cluster.FilesAsync());
    }

    [Theory]
    [InlineData("d", true)]
    [InlineData("d", false)]
    [InlineData("d,e", true)]
    public async Task Multipart_WithAndWithoutConcat_IsThePartsInOrder(string directory, bool knowsConcat)
    {
        await using var cluster = await StartAsync(new WebHdfsServerOptions { KnowsConcat = knowsConcat, BlockSize = 64 * 1024 });
        byte[][] parts = [Bytes(100_000, 1), [], Bytes(5, 2), Bytes(300_000, 3)];
        await using var upload = await cluster.Store.OpenMultipartAsync(cluster.Uri($"{directory}/a"), PutMode.Create, Token);
        for (var index = 0; index < parts.Length; index++)
            await upload.PutPartAsync(index, parts[index], Token);
        cluster.Watch();
        var info = await upload.CompleteAsync(Token);
        Assert.Equal(info, await cluster.Store.StatAsync(info.Uri, Token));
        Assert.Equal(parts.SelectMany(part => part), await cluster.Store.GetAsync(info.Uri, info.Version, Token));
        Assert.Equal([$"/{directory}/a"], await cluster.FilesAsync());
        Assert.Equal(!knowsConcat || directory.Contains(',', StringComparison.Ordinal), cluster.Asked.Any(asked => asked.EndsWith("APPEND", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("LISTSTATUS_BATCH")]
    [InlineData("CONCAT")]
    [InlineData("CONCAT done")]
    [InlineData("RENAME")]
    [InlineData("RENAME done")]
    public async Task Multipart_WhoseCompletionFailed_CanBeCompletedAgain(string step)
    {
        await using var cluster = await StartAsync();
        await using var upload = await cluster.Store.OpenMultipartAsync(cluster.Uri("a"), PutMode.Create, Token);
        await upload.PutPartAsync(0, Bytes(1000, 1), Token);
        await upload.PutPartAsync(1, Bytes(1000, 2), Token);
        var fault = step.EndsWith("done", StringComparison.Ordinal) ? WebHdfsFault.LoseAnswer : WebHdfsFault.Reset;
        var failed = false;
        cluster.Watch(request => request.Operation == step.Split(' ')[0] && !Interlocked.Exchange(ref failed, true) ? fault : null);
        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => upload.CompleteAsync(Token));
        await upload.CompleteAsync(Token);
        Assert.Equal(Bytes(1000, 1).Concat(Bytes(1000, 2)), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        Assert.Equal(["/a"], await cluster.FilesAsync());
    }

    [Fact]
    public async Task Multipart_LeftInTheMiddleOfItsCompletion_CannotBeGoneOnWith()
    {
        await using var cluster = await StartAsync();
        var upload = await cluster.Store.OpenMultipartAsync(cluster.Uri("a"), PutMode.Create, Token);
        await upload.PutPartAsync(0, Bytes(1000, 1), Token);
        await upload.PutPartAsync(1, Bytes(1000, 2), Token);
        cluster.Watch(request => request.Operation == "CONCAT" ? WebHdfsFault.Reset : null);
        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => upload.CompleteAsync(Token));
        upload.Leave();
        await cluster.FailsAsync(
            ObjectStoreErrorKind.NotFound, () => cluster.Store.ResumeMultipartAsync(cluster.Uri("a"), upload.Id, PutMode.Create, Token));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a")]
    [InlineData("")]
    public async Task Resume_WithAnIdThatIsNone_IsNotFound(string id)
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("d/a"), Bytes(10), Token);
        await cluster.FailsAsync(ObjectStoreErrorKind.NotFound, () => cluster.Store.ResumeMultipartAsync(cluster.Uri("d/b"), id, PutMode.Create, Token));
    }

    [Fact]
    public async Task Copy_OfAFileThatIsReplacedMeanwhile_IsPreconditionFailedAndLeavesNothing()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000, 1), Token);
        var replaced = false;
        cluster.Server.Fault = request =>
        {
            if (request.Operation == "OPEN" && !Interlocked.Exchange(ref replaced, true))
                cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000, 2), Token).GetAwaiter().GetResult();
            return null;
        };
        await cluster.FailsAsync(ObjectStoreErrorKind.PreconditionFailed, () => cluster.Store.CopyIfAbsentAsync(cluster.Uri("a"), cluster.Uri("b"), Token));
        Assert.Equal(["/a"], await cluster.FilesAsync());
    }
}
