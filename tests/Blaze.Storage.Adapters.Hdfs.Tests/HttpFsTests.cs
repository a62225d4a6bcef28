using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

/// <summary>HttpFS serves and takes bytes itself, knows no options for renaming, and tells no file ids.</summary>
public sealed class HttpFsTests
{
    private static readonly WebHdfsServerOptions HttpFs = new() { IsHttpFs = true, NameNodes = 1, KnowsBlockLocations = false };

    [Fact]
    public async Task Put_InEveryMode_DoesWhatTheModeSays()
    {
        await using var cluster = await StartAsync(HttpFs);
        var uri = cluster.Uri("a b+%/c");
        var first = await cluster.Store.PutAsync(uri, Bytes(1000, 1), PutMode.Create, Token);
        await cluster.FailsAsync(ObjectStoreErrorKind.AlreadyExists, () => cluster.Store.PutAsync(uri, Bytes(10), PutMode.Create, Token));
        Assert.Equal(first, await cluster.Store.StatAsync(uri, Token));
        var second = await cluster.Store.PutAsync(uri, Bytes(1001, 2), PutMode.Overwrite, Token);
        await cluster.FailsAsync(ObjectStoreErrorKind.PreconditionFailed, () => cluster.Store.PutAsync(uri, Bytes(10), PutMode.Update(first.Version), Token));
        await cluster.Store.PutAsync(uri, Bytes(1002, 3), PutMode.Update(second.Version), Token);
        Assert.Equal(Bytes(1002, 3), await cluster.Store.GetAsync(uri, null, Token));
        Assert.Equal(["/a b+%/c"], await cluster.FilesAsync());
    }

    [Fact]
    public async Task Put_OntoADirectory_IsInvalidPathAndLeavesNothing()
    {
        await using var cluster = await StartAsync(HttpFs);
        await cluster.Store.PutAsync(cluster.Uri("d/a"), Bytes(10), Token);
        await cluster.FailsAsync(ObjectStoreErrorKind.InvalidPath, () => cluster.Store.PutAsync(cluster.Uri("d"), Bytes(10), Token));
        await cluster.FailsAsync(ObjectStoreErrorKind.InvalidPath, () => cluster.Store.PutAsync(cluster.Uri("d"), Bytes(10), PutMode.Create, Token));
        Assert.Equal(["/d/a"], await cluster.FilesAsync());
    }

    [Fact]
    public async Task EveryOtherCall_Works()
    {
        await using var cluster = await StartAsync(HttpFs);
        await using (var upload = await cluster.Store.OpenMultipartAsync(cluster.Uri("a"), PutMode.Overwrite, Token))
        {
            await upload.PutPartAsync(0, Bytes(1000, 1), Token);
            await upload.PutPartAsync(1, Bytes(500, 2), Token);
            await upload.PutPartAsync(1, Bytes(600, 3), Token);
            await upload.CompleteAsync(Token);
        }

        byte[] expected = [.. Bytes(1000, 1), .. Bytes(600, 3)];
        Assert.Equal(expected, await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        await cluster.Store.CopyIfAbsentAsync(cluster.Uri("a"), cluster.Uri("d/b"), Token);
        Assert.Equal(expected, await cluster.Store.GetAsync(cluster.Uri("d/b"), null, Token));
        Assert.Empty(await cluster.Store.LocationsAsync(cluster.Uri("a"), new ByteRange(0, 10), Token));
        Assert.True(await cluster.Store.DeleteAsync(cluster.Uri("a"), Token));
        Assert.False(await cluster.Store.DeleteAsync(cluster.Uri("a"), Token));
        Assert.Equal(["/d/b"], await cluster.FilesAsync());
    }

    [Fact]
    public async Task Put_WithAToken_CarriesItWhereTheServerSendsItBackTo()
    {
        await using var cluster = await StartAsync(HttpFs with { Token = "SECRET" }, usual => usual with { DelegationToken = "SECRET", User = null });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        Assert.Equal(Bytes(10), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
    }
}
