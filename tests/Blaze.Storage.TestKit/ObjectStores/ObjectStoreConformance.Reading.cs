using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.TestKit.ObjectStores;

/// <content>Stat, open, ranges.</content>
public abstract partial class ObjectStoreConformance
{
    [Fact]
    public async Task Stat_OfAPutResource_TellsItsLengthAndVersion()
    {
        var uri = Root.Append("a");
        var put = await Store.PutAsync(uri, Content(1000), Token);
        var info = await Store.StatAsync(uri, Token);
        Assert.Equal(put, info);
        Assert.Equal((uri, 1000), (info.Uri, info.Length));
        Assert.NotEmpty(info.Version);
    }

    [Fact]
    public async Task Stat_OfNothing_IsNotFound()
    {
        await FailsAsync(ObjectStoreErrorKind.NotFound, Root.Append("no"), () => Store.StatAsync(Root.Append("no"), Token));
        await FailsAsync(ObjectStoreErrorKind.NotFound, Root.Append("no/where"), () => Store.StatAsync(Root.Append("no/where"), Token));
    }

    [Fact]
    public async Task Stat_OfAnotherScheme_IsInvalidPath()
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.StatAsync(ResourceUri.Parse("other://host/a"), Token));
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, failure.Kind);
    }

    [Fact]
    public async Task Open_OfNothing_IsNotFound() =>
        await FailsAsync(ObjectStoreErrorKind.NotFound, Root.Append("no"), () => Store.OpenAsync(Root.Append("no"), null, Token));

    [Fact]
    public async Task Open_WithAnotherVersion_IsPreconditionFailed()
    {
        var uri = Root.Append("a");
        var first = await Store.PutAsync(uri, Content(10, 1), Token);
        var second = await Store.PutAsync(uri, Content(10, 2), Token);
        Assert.NotEqual(first.Version, second.Version);
        Assert.NotEqual(first.Hash, second.Hash);
        await FailsAsync(ObjectStoreErrorKind.PreconditionFailed, uri, async () =>
        {
            // A remote store may check with the first read.
            using var reader = await Store.OpenAsync(uri, first.Version, Token);
            await reader.ReadAsync(0, new byte[10], Token);
        });
        Assert.Equal(Content(10, 2), await Store.GetAsync(uri, second.Version, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(3_000_001)]
    public async Task Get_OfAWhole_GivesWhatWasPut(int length)
    {
        var uri = Root.Append("a");
        await Store.PutAsync(uri, Content(length), Token);
        Assert.Equal(Content(length), await Store.GetAsync(uri, null, Token));
    }

    [Theory]
    [InlineData(0, 1000, 1000)]
    [InlineData(0, 1, 1)]
    [InlineData(999, 1, 1)]
    [InlineData(999, 100, 1)]
    [InlineData(1000, 10, 0)]
    [InlineData(5000, 10, 0)]
    [InlineData(500, 0, 0)]
    [InlineData(0, 2000, 1000)]
    public async Task Read_OfARange_StopsWhereTheResourceEnds(long offset, int length, int expected)
    {
        var content = Content(1000);
        await Store.PutAsync(Root.Append("a"), content, Token);
        using var reader = await Store.OpenAsync(Root.Append("a"), null, Token);
        var (asynchronous, blocking) = (new byte[length], new byte[length]);
        Assert.Equal(expected, await reader.ReadAsync(offset, asynchronous, Token));
        Assert.Equal(expected, reader.Read(offset, blocking));
        Assert.Equal(content.Skip((int)offset).Take(expected), asynchronous.Take(expected));
        Assert.Equal(asynchronous, blocking);
        await reader.VerifyAsync(Token);
        reader.Verify();
    }

    [Fact]
    public async Task Read_ByManyThreads_GivesEachItsRange()
    {
        var content = Content(1_000_000);
        await Store.PutAsync(Root.Append("a"), content, Token);
        using var reader = await Store.OpenAsync(Root.Append("a"), null, Token);
        await Parallel.ForAsync(0, 100, Token, async (index, token) =>
        {
            var buffer = new byte[10_000];
            Assert.Equal(buffer.Length, await reader.ReadAsync(index * 10_000, buffer, token));
            Assert.Equal(content[(index * 10_000)..((index + 1) * 10_000)], buffer);
        });
    }

    [Fact]
    public async Task GetRanges_OfNeighboursAndStrangers_GivesThemAsAsked()
    {
        var content = Content(5_000_000);
        await Store.PutAsync(Root.Append("a"), content, Token);
        ByteRange[] ranges = [new(4_999_990, 5_000_100), new(0, 10), new(20, 30), new(5, 25), new(7, 7), new(2_500_000, 2_600_000), new(6_000_000, 7_000_000)];
        var found = await Store.GetRangesAsync(Root.Append("a"), ranges, null, Token);
        Assert.Equal(ranges.Select(range => content.Skip((int)range.Start).Take((int)range.Length)), found.Select(part => part.ToArray()));
    }

    [Fact]
    public async Task Verify_AfterTheResourceWasReplaced_IsPreconditionFailedOrTheOldContent()
    {
        var uri = Root.Append("a");
        await Store.PutAsync(uri, Content(100, 1), Token);
        using var reader = await Store.OpenAsync(uri, null, Token);
        await Store.PutAsync(uri, Content(100, 2), Token);
        var buffer = new byte[100];
        await FailsAsync(ObjectStoreErrorKind.PreconditionFailed, uri, async () =>
        {
            await reader.ReadAsync(0, buffer, Token);
            Assert.True(!ReadsAreConditional || buffer.AsSpan().SequenceEqual(Content(100, 1)), "The read gave the content of another version.");
            await reader.VerifyAsync(Token);
        });
    }

    [Fact]
    public async Task Locations_OfARange_AreAnswered()
    {
        await Store.PutAsync(Root.Append("a"), Content(100), Token);
        var locations = await Store.LocationsAsync(Root.Append("a"), new ByteRange(10, 200), Token);
        var expected = 10L;
        foreach (var (range, hosts) in locations)
        {
            Assert.Equal(expected, range.Start);
            Assert.NotEmpty(hosts);
            Assert.DoesNotContain("", hosts);
            expected = range.End;
        }

        Assert.Equal(locations.Count == 0 ? 10 : 100, expected);
    }

    [Fact]
    public async Task AnyCall_WithACancelledToken_IsCancelled()
    {
        var uri = Root.Append("a");
        await Store.PutAsync(uri, Content(10), Token);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.StatAsync(uri, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenAsync(uri, null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync(uri, Content(20), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync(uri, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListAsync(Root, cancelled).CountAsync(cancelled));
        Assert.Equal(Content(10), await Store.GetAsync(uri, null, Token));
    }
}
