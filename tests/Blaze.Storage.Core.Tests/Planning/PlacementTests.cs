using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Recipes;
using Blaze.Storage.Core.Workers;

namespace Blaze.Storage.Core.Tests.Planning;

public sealed class PlacementTests
{
    private const long MiB = 1 << 20;
    private static readonly ResourceInfo A = new(ResourceUri.Parse("hdfs://n/a"), 64 * MiB, "1");
    private static readonly ResourceInfo B = new(ResourceUri.Parse("hdfs://n/b"), 64 * MiB, "1");
    private static readonly LiveHosts Hosts = LiveHosts.Of(Enumerable.Range(1, 4).Select(number => new WorkerDescription($"h{number}", 1, 2, 0, 0, [$"10.0.0.{number}"])));

    [Fact]
    public void PlacesOf_ChunkInOneBlock_IsItsHostsInTheStoresOrder()
    {
        var placement = Located((A, [Part(0, 16, "h3", "dead", "10.0.0.1"), Part(16, 32, "h2")]));
        Assert.Equal(["h3", "h1"], placement.PlacesOf(Chunk(A, 0, 16)));
        Assert.Equal(["h3", "h1"], placement.PlacesOf(Chunk(A, 4, 5)));
        Assert.Equal(["h2"], placement.PlacesOf(Chunk(A, 16, 17)));
    }

    [Fact]
    public void PlacesOf_ChunkAcrossBlocks_IsWhoHoldsMost()
    {
        var placement = Located((A, [Part(0, 8, "h1", "h2"), Part(8, 16, "h2", "h3"), Part(16, 32, "h3", "h2")]));
        Assert.Equal(["h2"], placement.PlacesOf(Chunk(A, 0, 16)));
        Assert.Equal(["h2", "h3"], placement.PlacesOf(Chunk(A, 7, 32)));
    }

    [Fact]
    public void PlacesOf_TwoResources_CountsTheBytesOfBoth()
    {
        var placement = Located((A, [Part(0, 16, "h1", "h2")]), (B, [Part(0, 16, "h2", "h3")]));
        Assert.Equal(["h2"], placement.PlacesOf(new Extent(new DifferenceOperation(), [A, B], new ByteRange(0, 16 * MiB))));
    }

    [Fact]
    public void PlacesOf_ManyHosts_AreAtMostThree() =>
        Assert.Equal(["h4", "h3", "h2"], Located((A, [Part(0, 16, "h4", "h3", "h2", "h1")])).PlacesOf(Chunk(A, 0, 16)));

    [Fact]
    public void PlacesOf_NoLiveHostHoldsThem_IsWhereTheyMeet()
    {
        var placement = Located((A, [Part(0, 16, "dead"), Part(16, 32, "h1")]));
        Assert.Equal([Rendezvous.Choose(A.Hash, 0, Hosts.All)], placement.PlacesOf(Chunk(A, 0, 16)));
        Assert.Equal([Rendezvous.Choose(B.Hash, 0, Hosts.All)], placement.PlacesOf(Chunk(B, 0, 16)));
    }

    [Fact]
    public void PlacesOf_OtherOperationOverTheSameBytes_IsTheSameHost()
    {
        var placement = Located();
        for (var block = 0; block < 4; block++)
        {
            var coarse = placement.PlacesOf(Chunk(A, 16 * block, 16 * (block + 1)));
            for (var part = 16 * block; part < 16 * (block + 1); part++)
                Assert.Equal(coarse, placement.PlacesOf(new Extent(new HistogramOperation(2), [A], new ByteRange(part * MiB, (part + 1) * MiB))));
        }
    }

    [Fact]
    public void PlacesOf_OneHost_IsNone()
    {
        var placement = new Placement(LiveHosts.Of([new WorkerDescription("h1", 1, 2, 0, 0)]), [new(A.Uri, [Part(0, 16, "h1")])]);
        Assert.Empty(placement.PlacesOf(Chunk(A, 0, 16)));
    }

    [Fact]
    public void Plan_WithAPlacement_GivesPlacesToChunksAndNoneToTheRest()
    {
        var extent = Chunk(A, 0, 40);
        var plan = Planner.Of([(extent, new KnownBlocks(extent.Operation, []))], 1, false, 1, null, Located((A, [Part(0, 64, "h2")])));
        Assert.All(plan.Tasks, task => Assert.Equal(task.Recipe is ChunkRecipe ? ["h2"] : [], task.Places));
        Assert.Contains(plan.Tasks, task => task.Recipe is MergeRecipe);
    }

    private static Extent Chunk(ResourceInfo resource, long start, long end) => new(new HistogramOperation(1), [resource], new ByteRange(start * MiB, end * MiB));

    private static LocatedRange Part(long start, long end, params string[] hosts) => new(new ByteRange(start * MiB, end * MiB), hosts);

    private static Placement Located(params (ResourceInfo Resource, LocatedRange[] Parts)[] parts) =>
        new(Hosts, [.. parts.Select(part => new KeyValuePair<ResourceUri, IReadOnlyList<LocatedRange>>(part.Resource.Uri, part.Parts))]);
}
