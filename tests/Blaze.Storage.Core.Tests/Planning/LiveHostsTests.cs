using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Workers;

namespace Blaze.Storage.Core.Tests.Planning;

public sealed class LiveHostsTests
{
    private static readonly LiveHosts Hosts = LiveHosts.Of(
    [
        Worker("node1", 4, "node1.cluster.example", "10.0.0.1", "fd00::1"),
        Worker("node2.cluster.example", 2, "10.0.0.2"),
        Worker("node1", 3),
        Worker("7", 1),
    ]);

    [Theory]
    [InlineData("node1", "node1")]
    [InlineData("NODE1", "node1")]
    [InlineData("node1.cluster.example", "node1")]
    [InlineData("node1.other.example", "node1")]
    [InlineData("10.0.0.1", "node1")]
    [InlineData("FD00:0:0::1", "node1")]
    [InlineData("node2", "node2.cluster.example")]
    [InlineData("Node2.Cluster.Example", "node2.cluster.example")]
    [InlineData("node2.other.example", null)]
    [InlineData("10.0.0.2", "node2.cluster.example")]
    [InlineData("10.0.0.3", null)]
    [InlineData("10", null)]
    [InlineData("7", "7")]
    [InlineData("node3", null)]
    [InlineData("", null)]
    public void Find_NameOfAStore_IsTheHostThatIsCalledSo(string name, string? host) => Assert.Equal(host, Hosts.Find(name));

    [Fact]
    public void Find_ShortNameOfTwoHosts_IsNeither()
    {
        var hosts = LiveHosts.Of([Worker("data.a.example", 1), Worker("data.b.example", 1)]);
        Assert.Null(hosts.Find("data"));
        Assert.Equal("data.b.example", hosts.Find("data.b.example"));
    }

    [Fact]
    public void Of_SeveralWorkersOfAHost_IsOneHostWithTheirSlots() =>
        Assert.Equal([new LiveHost("7", 1), new LiveHost("node1", 7), new LiveHost("node2.cluster.example", 2)], Hosts.All);

    [Fact]
    public void Of_HostThatCannotBeAPlace_LeavesItOut() => Assert.Empty(LiveHosts.Of([Worker("my host", 1), Worker("", 1), Worker("~", 1)]).All);

    private static WorkerDescription Worker(string host, int slots, params string[] names) => new(host, 1, slots, 0, 0, names);
}
