using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Core.Tests.ObjectStores;

public class ObjectStoreExtensionsTests
{
    private const long Gap = ObjectStoreExtensions.CoalescedGap;

    [Fact]
    public void Coalesce_OfNeighbours_JoinsThoseCloserThanTheGap()
    {
        ByteRange[] ranges = [new(100, 200), new(0, 10), new(10, 20), new(200 + Gap - 1, 200 + Gap), new(5, 5), new(200 + (2 * Gap), 300 + (2 * Gap))];
        Assert.Equal([new ByteRange(0, 200 + Gap), new ByteRange(200 + (2 * Gap), 300 + (2 * Gap))], ObjectStoreExtensions.Coalesce(ranges));
    }

    [Fact]
    public void Coalesce_OfMoreThanAnArrayHolds_DoesNotJoin() =>
        Assert.Equal(2, ObjectStoreExtensions.Coalesce([new(0, 2_000_000_000), new(2_000_000_000, 4_000_000_000)]).Count);

    [Fact]
    public void Coalesce_OfOverlaps_KeepsTheLaterEnd() =>
        Assert.Equal([new ByteRange(0, 100)], ObjectStoreExtensions.Coalesce([new(0, 100), new(10, 20)]));

    [Fact]
    public async Task GetRanges_OfManyFarRanges_HasAtMostTenUnderWay()
    {
        var store = new MemoryObjectStore();
        var uri = ResourceUri.Parse("memory://b/a");
        await store.PutAsync(uri, new byte[40 * 1024 * 1024], TestContext.Current.CancellationToken);
        var (running, most) = (0, 0);
        var lockObject = new Lock();
        using var enough = new CountdownEvent(2);
        store.Fault = (member, _) =>
        {
            if (member != "Read")
                return;
            lock (lockObject)
                most = Math.Max(most, ++running);
            if (!enough.IsSet)
                enough.Signal();
            enough.Wait(TimeSpan.FromSeconds(10));
            lock (lockObject)
                running--;
        };
        var ranges = Enumerable.Range(0, 20).Select(index => new ByteRange(index * 2L * Gap, (index * 2L * Gap) + 10)).ToArray();
        var found = await store.GetRangesAsync(uri, ranges, null, TestContext.Current.CancellationToken);
        Assert.All(found, part => Assert.Equal(10, part.Length));
        Assert.InRange(most, 2, ObjectStoreExtensions.ConcurrentReads);
    }

    [Fact]
    public async Task Get_OfWhatChangesMeanwhile_IsPreconditionFailed()
    {
        var store = new MemoryObjectStore();
        var uri = ResourceUri.Parse("memory://b/a");
        await store.PutAsync(uri, new byte[10], TestContext.Current.CancellationToken);
        store.Fault = (member, _) =>
        {
            if (member != "Read")
                return;
            store.Fault = null;
            store.PutAsync(uri, new byte[20], CancellationToken.None).GetAwaiter().GetResult();
        };
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.GetAsync(uri, null, TestContext.Current.CancellationToken));
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
    }

    [Fact]
    public void For_AnUnknownScheme_NamesTheKnownOnes()
    {
        var failure = Assert.Throws<ObjectStoreException>(() => new ObjectStoreRegistry(new MemoryObjectStore()).For(ResourceUri.Parse("gopher://h/a")));
        Assert.Equal(ObjectStoreErrorKind.Unsupported, failure.Kind);
        Assert.Contains("memory://", failure.Message, StringComparison.Ordinal);
    }
}
