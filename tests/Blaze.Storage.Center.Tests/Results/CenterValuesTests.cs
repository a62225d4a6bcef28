using Blaze.Storage.Center.Results;
using Blaze.Storage.Core.Chunks;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Tests.Results;

public sealed class RedisCenterValuesTests(RedisFixture fixture) : CenterValuesTests(fixture);

public sealed class GarnetCenterValuesTests(GarnetFixture fixture) : CenterValuesTests(fixture);

public abstract class CenterValuesTests(ServerFixture fixture) : CenterTest(fixture)
{
    private const string What = "HIST_00112233445566778899aabbccddeeff";
    private const string Other = "HIST-n2_00112233445566778899aabbccddeeff";

    protected override CenterOptions Options => base.Options with { ValueBudget = 100_000 };

    private CenterValues Values => Center.Values;

    [Fact]
    public async Task Get_SomeStored_ValuesInOrderAndNullsBetween()
    {
        byte[] bytes = [0, 255, 10, 13, 0];
        await PutAsync(("a", bytes), ("empty", []));
        var values = await Values.GetAsync(["none", "a", "empty", "a"], Cancellation);
        Assert.Equal([null, bytes, [], bytes], values);
        Assert.Equal([false, true, true], await Values.ContainsAsync(["none", "a", "empty"], Cancellation));
    }

    [Fact]
    public async Task Get_Thousands_InPages()
    {
        string[] keys = [.. Enumerable.Range(0, 1_000).Select(number => $"k{number}")];
        await PutAsync([.. keys.Select((key, number) => (key, BitConverter.GetBytes(number)))]);
        var values = await Values.GetAsync(keys, Cancellation);
        Assert.Equal(Enumerable.Range(0, 1_000), values.Select(value => BitConverter.ToInt32(value!)));
    }

    [Fact]
    public async Task Put_OverTheBudget_LeastRecentlyUsedGo()
    {
        string[] keys = [.. Enumerable.Range(0, 100).Select(number => $"{What}.{number}_{number + 1}")];
        foreach (var key in keys)
        {
            await Values.PutAsync([new StoredValue(key, new byte[5_000], Indexed: true)], Cancellation);
            // The server's clock counts milliseconds; what is read in each turn stays the newest or as new as the newest.
            await Values.GetAsync([keys[0]], Cancellation);
        }

        var left = await Values.ContainsAsync(keys, Cancellation);
        Assert.True(left[0], "It was used all the time.");
        Assert.True(left[99]);
        Assert.Equal(20, left.Count(one => one));
        Assert.Equal(20 * 5_000, await TotalAsync());
    }

    [Fact]
    public async Task Put_OverTheBudget_PartsNobodyReadYetStay()
    {
        await PutAsync(("part", new byte[5_000]), ("read", new byte[5_000]));
        await Values.GetAsync(["read"], Cancellation);
        for (var number = 0; number < 100; number++)
            await Values.PutAsync([new StoredValue($"{What}.{number}_{number + 1}", new byte[5_000], Indexed: true)], Cancellation);
        Assert.Equal([true, false], await Values.ContainsAsync(["part", "read"], Cancellation));
        Assert.Equal(20 * 5_000, await TotalAsync());
    }

    [Fact]
    public async Task Remove_Value_GoesWithItsEntries()
    {
        await IndexAsync($"{What}.0_10", $"{What}.10_20");
        await Values.RemoveAsync([$"{What}.0_10", "nothing"], Cancellation);
        Assert.Equal([$"{What}.10_20"], await Values.KeysAsync("HIST", 9, Cancellation));
        Assert.Equal([false], await Values.ContainsAsync([$"{What}.0_10"], Cancellation));
        Assert.Equal(1, await TotalAsync());
    }

    [Fact]
    public async Task Put_SameKeyAgain_CountedOnce()
    {
        await PutAsync(("a", new byte[100]));
        await PutAsync(("a", new byte[300]));
        Assert.Equal(300, await TotalAsync());
    }

    [Fact]
    public async Task Put_ManyRacers_TotalIsExact()
    {
        await using var second = await CenterConnection.ConnectAsync(Address, Options, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => (number % 2 == 0 ? Values : second.Values).PutAsync(
            [new StoredValue($"k{number % 50}", new byte[10], Indexed: false)], Cancellation)));
        Assert.Equal(500, await TotalAsync());
    }

    [Fact]
    public async Task Value_HasALifetime()
    {
        await PutAsync(("a", new byte[1]));
        var left = await Center.Server.RunAsync(database => database.KeyTimeToLiveAsync(ValueKey("a")), Cancellation);
        Assert.InRange(left!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Get_LongAfterTheLastRenewal_LifetimeStartsAnew()
    {
        await PutAsync(("a", new byte[1]));
        await Center.Server.RunAsync(database => database.KeyExpireAsync(ValueKey("a"), TimeSpan.FromMinutes(5)), Cancellation);
        await Values.GetAsync(["a"], Cancellation);
        Assert.True(await LeftAsync() <= TimeSpan.FromMinutes(5), "It was renewed less than an hour ago.");
        await Center.Server.RunAsync(database => database.HashSetAsync(Key("sizes"), "a", "1 0"), Cancellation);
        await Values.GetAsync(["a"], Cancellation);
        Assert.True(await LeftAsync() > TimeSpan.FromHours(23));

        async Task<TimeSpan> LeftAsync() => (await Center.Server.RunAsync(database => database.KeyTimeToLiveAsync(ValueKey("a")), Cancellation))!.Value;
    }

    [Fact]
    public async Task Find_IndexedChunks_ThoseThatStartInTheRange()
    {
        await IndexAsync($"{What}.0_10", $"{What}.10_20", $"{What}.10_90", $"{What}.20_30", $"{Other}.10_20");
        await PutAsync(($"{What}.11_12", [1]));
        Assert.Equal([new ByteRange(10, 20), new ByteRange(10, 90)], await Values.FindAsync(What, new ByteRange(1, 20), Cancellation));
        Assert.Empty(await Values.FindAsync("ENT_x", new ByteRange(0, 1000), Cancellation));
    }

    [Fact]
    public async Task Find_OffsetsADoubleCannotTell_Exact()
    {
        const long Far = (1L << 60) + 1;
        await IndexAsync($"{What}.{Far - 1}_{Far}", $"{What}.{Far}_{Far + 5}", $"{What}.{Far + 1}_{Far + 9}");
        Assert.Equal([new ByteRange(Far, Far + 5)], await Values.FindAsync(What, new ByteRange(Far, Far + 1), Cancellation));
    }

    [Fact]
    public async Task Keys_ByPrefix_AcrossKindsAndParts()
    {
        await IndexAsync($"{What}.0_10", $"{What}.10_20", $"{Other}.0_10");
        Assert.Equal([$"{Other}.0_10", $"{What}.0_10", $"{What}.10_20"], await Values.KeysAsync("HIST", 9, Cancellation));
        Assert.Equal([$"{What}.0_10", $"{What}.10_20"], await Values.KeysAsync("HIST_", 9, Cancellation));
        Assert.Equal([$"{What}.10_20"], await Values.KeysAsync($"{What}.1", 9, Cancellation));
        Assert.Single(await Values.KeysAsync("HIST", 1, Cancellation));
        Assert.Empty(await Values.KeysAsync("ENT", 9, Cancellation));
    }

    [Fact]
    public async Task Index_EntryWhoseValueIsGone_GoesWhenAskedFor()
    {
        await IndexAsync($"{What}.0_10");
        await Center.Server.RunAsync(database => database.KeyDeleteAsync(ValueKey($"{What}.0_10")), Cancellation);
        Assert.Null((await Values.GetAsync([$"{What}.0_10"], Cancellation))[0]);
        Assert.Empty(await Values.FindAsync(What, new ByteRange(0, 10), Cancellation));
        Assert.Empty(await Values.KeysAsync("HIST", 9, Cancellation));
        Assert.Equal(0, await TotalAsync());
    }

    [Fact]
    public async Task Put_IndexedKeyThatIsNoChunk_Refused()
    {
        var error = await Assert.ThrowsAsync<CenterException>(() => IndexAsync("nothing"));
        Assert.Equal(CenterErrorKind.Invalid, error.Kind);
        Assert.Equal([false], await Values.ContainsAsync(["nothing"], Cancellation));
    }

    [Fact]
    public async Task Calls_WithNothing_DoNothing()
    {
        await Values.PutAsync([], Cancellation);
        Assert.Empty(await Values.GetAsync([], Cancellation));
        Assert.Empty(await Values.ContainsAsync([], Cancellation));
    }

    private Task PutAsync(params (string Key, byte[] Bytes)[] values) =>
        Values.PutAsync([.. values.Select(value => new StoredValue(value.Key, value.Bytes, Indexed: false))], Cancellation);

    private Task IndexAsync(params string[] keys) =>
        Values.PutAsync([.. keys.Select(key => new StoredValue(key, new byte[] { 1 }, Indexed: true))], Cancellation);

    private async Task<long> TotalAsync() =>
        (long)await Center.Server.RunAsync(database => database.HashGetAsync(Key("sizes"), " total"), Cancellation);

    private RedisKey Key(string name) => $"blaze:{{{Address.Namespace}/values}}:{name}";

    private RedisKey ValueKey(string key) => Key("v:" + key);
}
