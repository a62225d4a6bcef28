using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Results;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Core.Tests.Results;

public class DurableTierTests
{
    private const string What = "HIST_00112233445566778899aabbccddeeff";
    private static readonly ResourceUri Root = ResourceUri.Parse("memory://bucket/cache");
    private static readonly ChunkKey Key = new(What, new ByteRange(0, 65_536));
    private readonly MemoryObjectStore _store = new();
    private readonly DurableTier _tier;
    private readonly List<DamagedValue> _damaged = [];

    public DurableTierTests()
    {
        _tier = new DurableTier(_store, Root);
        _tier.Damaged += (_, value) => _damaged.Add(value);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ResourceUri Location => Root.Append($"{What}/{Key}");

    [Fact]
    public async Task Get_OfWhatWasPut_GivesTheBody()
    {
        await _tier.PutAsync(Key, "body"u8.ToArray(), Token);
        await _tier.PutAsync(Key, "body"u8.ToArray(), Token);
        Assert.Equal("body"u8.ToArray(), (await _tier.GetAsync(Key, Token))!.Value.ToArray());
        Assert.Equal(SealedValue.Seal(Key.ToString(), "body"u8), await _store.GetAsync(Location, null, Token));
        Assert.Empty(_damaged);
    }

    [Fact]
    public async Task Get_OfNothing_IsNull()
    {
        Assert.Null(await _tier.GetAsync(Key, Token));
        Assert.Empty(_damaged);
    }

    [Theory]
    [InlineData("")]
    [InlineData("body")]
    [InlineData("body\n{\"crc32c\":\"00000000\"}\n")]
    public async Task Get_OfADamagedValue_IsNullAndRemovesIt(string content)
    {
        await _store.PutAsync(Location, System.Text.Encoding.ASCII.GetBytes(content), Token);
        Assert.Null(await _tier.GetAsync(Key, Token));
        Assert.Equal(Key, Assert.Single(_damaged).Key);
        Assert.Equal(1, _tier.DamagedCount);
        Assert.Empty(await _store.ListAsync(Root, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Get_OfADamagedValueThatCannotBeRemoved_IsNull()
    {
        await _store.PutAsync(Location, new byte[3], Token);
        FailOn("DeleteAsync", ObjectStoreErrorKind.PermissionDenied);
        Assert.Null(await _tier.GetAsync(Key, Token));
        Assert.Single(_damaged);
    }

    [Fact]
    public async Task Get_WithAnotherKeysValueInItsPlace_IsNull()
    {
        await _store.PutAsync(Location, SealedValue.Seal($"{What}.65536_131072", "body"u8), Token);
        Assert.Null(await _tier.GetAsync(Key, Token));
        Assert.Single(_damaged);
    }

    [Fact]
    public async Task Get_OfAValueThatCannotBeRead_IsNullAndReported()
    {
        await _tier.PutAsync(Key, "body"u8.ToArray(), Token);
        FailOn("OpenAsync", ObjectStoreErrorKind.PermissionDenied);
        Assert.Null(await _tier.GetAsync(Key, Token));
        Assert.Equal("Refused.", Assert.Single(_damaged).Reason);
    }

    [Fact]
    public async Task Get_OfAValueReplacedMeanwhile_ReadsItAgain()
    {
        await _tier.PutAsync(Key, "body"u8.ToArray(), Token);
        _store.Fault = (member, _) =>
        {
            if (member != "Read")
                return;
            _store.Fault = null;
            _tier.PutAsync(Key, "body"u8.ToArray(), CancellationToken.None).GetAwaiter().GetResult();
        };
        Assert.Equal("body"u8.ToArray(), (await _tier.GetAsync(Key, Token))!.Value.ToArray());
    }

    [Fact]
    public async Task List_OfAWhat_GivesItsRangesOnly()
    {
        ByteRange[] ranges = [new(0, 65_536), new(65_536, 131_072), new(0, 1_048_576)];
        foreach (var range in ranges)
            await _tier.PutAsync(new ChunkKey(What, range), new byte[1], Token);
        await _tier.PutAsync(new ChunkKey("ENT_00112233445566778899aabbccddeeff", new ByteRange(0, 1)), new byte[1], Token);
        await _store.PutAsync(Root.Append($"{What}/README"), new byte[1], Token);
        await _store.PutAsync(Root.Append($"{What}/{What}.1_x"), new byte[1], Token);
        var listed = await _tier.ListAsync(What, Token).ToListAsync(Token);
        Assert.Equal(ranges.Order(), listed.Order());
        Assert.Empty(await _tier.ListAsync("STAT_00112233445566778899aabbccddeeff", Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData(ObjectStoreErrorKind.PermissionDenied)]
    [InlineData(ObjectStoreErrorKind.Other)]
    public async Task Put_WhereTheStoreRefuses_SaysThatTheTierIsUnavailable(ObjectStoreErrorKind kind)
    {
        FailOn("PutAsync", kind);
        var failure = await Assert.ThrowsAsync<TierUnavailableException>(() => _tier.PutAsync(Key, new byte[1], Token));
        Assert.Equal(Root, failure.Root);
        Assert.Contains("Refused.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WhereTheStoreRefuses_SaysThatTheTierIsUnavailable()
    {
        FailOn("ListAsync", ObjectStoreErrorKind.PermissionDenied);
        await Assert.ThrowsAsync<TierUnavailableException>(async () => await _tier.ListAsync(What, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Put_OfAKeyThatIsNoName_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _tier.PutAsync(new ChunkKey("../x", new ByteRange(0, 1)), new byte[1], Token));

    private void FailOn(string failing, ObjectStoreErrorKind kind) => _store.Fault = (member, uri) =>
    {
        if (member == failing)
            throw new ObjectStoreException(kind, "Refused.", "memory", uri);
    };
}
