using System.Net;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;
using static Blaze.Storage.Adapters.Hdfs.Tests.TestCluster;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

/// <summary>Hosts are loopback addresses here: all of 127.0.0.0/8 is this machine.</summary>
public sealed class LocalityTests
{
    private const int Length = 640 * 1024;
    private static readonly WebHdfsServerOptions TwoHosts = new()
    {
        DataNodes = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3")],
        BlockSize = 64 * 1024,
    };

    [Fact]
    public async Task Read_FromAHostWithAReplica_IsServedThereAndNotRemote()
    {
        await using var cluster = await StartAsync(TwoHosts, usual => usual with { LocalAddress = "127.0.0.3" });
        Assert.Equal(0, await RemoteBytesAsync(cluster));
        Assert.Equal([("data1", "127.0.0.3")], cluster.Server.Served.Keys);
    }

    [Fact]
    public async Task Read_FromAHostWithHalfOfTheBlocks_IsHalfRemote()
    {
        await using var cluster = await StartAsync(TwoHosts with { Replicas = 1 }, usual => usual with { LocalAddress = "127.0.0.3" });
        Assert.Equal(Length / 2, await RemoteBytesAsync(cluster));
        Assert.Equal([("data0", "127.0.0.3"), ("data1", "127.0.0.3")], cluster.Server.Served.Keys.Order());
    }

    [Fact]
    public async Task Read_FromAHostWithoutADataNode_IsRemote()
    {
        await using var cluster = await StartAsync(TwoHosts, usual => usual with { LocalAddress = "127.0.0.9" });
        Assert.Equal(Length, await RemoteBytesAsync(cluster));
    }

    [Fact]
    public async Task Read_WithNamesOfThisHost_CountsTheOthersAsRemote()
    {
        await using var cluster = await StartAsync(TwoHosts with { Replicas = 1 }, usual => usual with { HostNames = ["127.0.0.2"] });
        Assert.Equal(Length / 2, await RemoteBytesAsync(cluster));
    }

    [Fact]
    public async Task Read_WithoutSettings_KnowsThisHostByItsAddresses()
    {
        await using var cluster = await StartAsync(TwoHosts);
        Assert.Equal(0, await RemoteBytesAsync(cluster));
    }

    [Fact]
    public async Task Read_AfterItsHostDied_ComesFromTheOther()
    {
        await using var cluster = await StartAsync(TwoHosts, usual => usual with { LocalAddress = "127.0.0.3" });
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(Length), Token);
        await cluster.Server.StopDataNodeAsync(1);
        cluster.Server.ForgetDataNode(1);
        Assert.Equal(Bytes(Length), await cluster.Store.GetAsync(cluster.Uri("a"), null, Token));
        Assert.Equal([("data0", "127.0.0.3")], cluster.Server.Served.Keys);
    }

    private static async Task<long> RemoteBytesAsync(TestCluster cluster)
    {
        await cluster.Store.PutAsync(cluster.Uri("a"), Bytes(Length), Token);
        using var reader = await cluster.Store.OpenAsync(cluster.Uri("a"), null, Token);
        var buffer = new byte[Length];
        await reader.ReadAsync(0, buffer, Token);
        Assert.Equal(Bytes(Length), buffer);
        return reader.RemoteBytes;
    }
}
