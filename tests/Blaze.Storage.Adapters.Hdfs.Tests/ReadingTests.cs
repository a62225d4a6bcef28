using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

public sealed class ReadingTests
{
    private static readonly WebHdfsServerOptions OneDataNode = new() { DataNodes = [System.Net.IPAddress.Loopback], Replicas = 1 };

    [Theory]
    [InlineData("shorten")]
    [InlineData("reset")]
    [InlineData("reset after")]
    [InlineData("500")]
    [InlineData("exception")]
    public async Task Read_WithATroubledDataNode_IsTransient(string trouble)
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(100_000), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        cluster.Watch(request => !request.Node.StartsWith("data", StringComparison.Ordinal) ? null : trouble switch
        {
            "shorten" => WebHdfsFault.Shorten(70_000),
            "reset" => WebHdfsFault.Reset,
            "reset after" => WebHdfsFault.ResetAfter(70_000),
            "500" => WebHdfsFault.Status(500),
            _ => WebHdfsFault.Throw(new HadoopException("org.apache.hadoop.hdfs.BlockMissingException", "Could not obtain block: BP-1")),
        });
        await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => reader.ReadAsync(0, new byte[100_000], Token).AsTask());
        cluster.Server.Fault = null;
        var buffer = new byte[100_000];
        Assert.Equal(100_000, await reader.ReadAsync(0, buffer, Token));
        Assert.Equal(Bytes(100_000), buffer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_ThatStandsStill_IsTransientAfterTheIdleLimit(bool afterSome)
    {
        var time = new ManualTime();
        await using var cluster = await StartAsync(timeProvider: time);
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(100_000), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        var reached = new TaskCompletionSource();
        cluster.Watch(request => request.Node.StartsWith("data", StringComparison.Ordinal) && reached.TrySetResult()
            ? afterSome ? WebHdfsFault.StallAfter(50_000) : WebHdfsFault.Stall
            : null);
        var reading = reader.ReadAsync(0, new byte[100_000], Token).AsTask();
        await reached.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(31));
        var failure = await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => reading);
        Assert.Contains("30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RedirectedToADeadDataNode_IsTransientAndNamesIt()
    {
        await using var cluster = await StartAsync(OneDataNode);
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        await cluster.Server.StopDataNodeAsync(0);
        var failure = await cluster.FailsAsync(ObjectStoreErrorKind.Transient, () => reader.ReadAsync(0, new byte[1000], Token).AsTask());
        Assert.Contains(cluster.Server.DataNodeAuthority(0), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("op=", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfAFileThatBecameShorter_IsPreconditionFailed()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(10), Token);
        await cluster.FailsAsync(ObjectStoreErrorKind.PreconditionFailed, () => reader.ReadAsync(500, new byte[100], Token).AsTask());
        await cluster.Store.DeleteAsync(cluster.Uri("a"), Token);
        await cluster.FailsAsync(ObjectStoreErrorKind.PreconditionFailed, () => reader.ReadAsync(0, new byte[100], Token).AsTask());
        await cluster.FailsAsync(ObjectStoreErrorKind.PreconditionFailed, () => reader.VerifyAsync(Token).AsTask());
    }

    [Fact]
    public async Task Read_AcrossBlocks_AsksForEachByItself()
    {
        await using var cluster = await StartAsync(new WebHdfsServerOptions { BlockSize = 64 * 1024 });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(200_000), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        cluster.Watch();
        var buffer = new byte[200_000];
        await reader.ReadAsync(0, buffer, Token);
        Assert.Equal(Bytes(200_000), buffer);
        Assert.Equal(4, cluster.Asked.Count(asked => asked.StartsWith("data", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Locations_OfBlocks_AreCutToTheRange(bool documented)
    {
        await using var cluster = await StartAsync(new WebHdfsServerOptions
        {
            BlockSize = 1000,
            DataNodes = [.. new[] { "127.0.0.2", "127.0.0.3", "127.0.0.4" }.Select(System.Net.IPAddress.Parse)],
            KnowsBlockLocations = documented,
        });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(3500), Token);
        var located = await cluster.Store.LocationsAsync(cluster.Uri("a"), new ByteRange(500, 10_000), Token);
        Assert.Equal([new(500, 1000), new(1000, 2000), new(2000, 3000), new ByteRange(3000, 3500)], located.Select(part => part.Range));
        Assert.Equal(["127.0.0.2", "127.0.0.3"], located[0].Hosts);
        Assert.Equal(["127.0.0.4", "127.0.0.2"], located[2].Hosts);
        Assert.Empty(await cluster.Store.LocationsAsync(cluster.Uri("a"), new ByteRange(4000, 5000), Token));
        cluster.Watch();
        await cluster.Store.LocationsAsync(cluster.Uri("a"), new ByteRange(0, 10), Token);
        Assert.Equal([documented ? "name0 GETFILEBLOCKLOCATIONS" : "name0 GET_BLOCK_LOCATIONS"], cluster.Asked);
        await cluster.FailsAsync(ObjectStoreErrorKind.NotFound, () => cluster.Store.LocationsAsync(cluster.Uri("no"), new ByteRange(0, 10), Token));
    }

    [Fact]
    public async Task Checksum_OfEqualFiles_IsEqual()
    {
        await using var cluster = await StartAsync();
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(1000, 1), Token);
        await cluster.Store.PutAsync(cluster.Uri("b"), Bytes(1000, 1), Token);
        await cluster.Store.PutAsync(cluster.Uri("c"), Bytes(1000, 2), Token);
        var checksum = await cluster.Store.ChecksumAsync(cluster.Uri("a"), Token);
        Assert.NotEmpty(checksum.Algorithm);
        Assert.Equal(checksum, await cluster.Store.ChecksumAsync(cluster.Uri("b"), Token));
        Assert.NotEqual(checksum, await cluster.Store.ChecksumAsync(cluster.Uri("c"), Token));
    }
}
