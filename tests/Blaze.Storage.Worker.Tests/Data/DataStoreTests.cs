using Blaze.Storage.Core;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Transfer.Buffers;
using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Tests.Data;

public sealed class DataStoreTests : IDisposable
{
    private readonly DataStore _store = new(new DataStoreOptions { MemoryLimit = 100_000 });

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Get_OfWhatWasSet_GivesIt()
    {
        Assert.True(_store.Set("a", ValueFormats.Encode("text")));
        using var lease = _store.Get("a")!;
        Assert.Equal(("a", "json", 6), (lease.Key, lease.Format, lease.Length));
        Assert.Equal("text", ValueFormats.Decode<string>(lease.Value, "a"));
        Assert.Equal(Crc32C.Of("\"text\""u8), lease.Checksum);
        Assert.True(_store.Contains("a"));
        Assert.Equal((1, 6), (_store.Count, _store.Bytes));
    }

    [Fact]
    public void Get_OfNothing_IsNull()
    {
        Assert.Null(_store.Get("a"));
        Assert.Null(_store.Open("a"));
        Assert.False(_store.Contains("a"));
        Assert.False(_store.Delete("a"));
    }

    [Fact]
    public void Set_OfAKeyThatIsThere_ReplacesItsValueForThoseWhoAskLater()
    {
        _store.Set("a", TestValues.Raw(1, 10));
        using var before = _store.Get("a")!;

        Assert.False(_store.Set("a", TestValues.Raw(2, 20)));

        Assert.Equal(TestValues.Bytes(2, 20), TestValues.Read(_store, "a"));
        Assert.Equal(TestValues.Bytes(1, 10), before.Value.Contiguous().ToArray());
        Assert.Equal((1, 20), (_store.Count, _store.Bytes));
    }

    [Fact]
    public void Delete_OfAValueInUse_FreesItWithItsLastUser()
    {
        var owner = new Owner();
        _store.Set("a", TestValues.Raw(1, 10), owner);
        var first = _store.Get("a")!;
        var second = _store.Open("a")!;

        Assert.True(_store.Delete("a"));
        Assert.Null(_store.Get("a"));
        Assert.Equal(0, _store.Bytes);
        first.Dispose();
        first.Dispose();
        Assert.Equal(0, owner.Disposals);
        Assert.NotEqual(0, _store.MemoryBytes);
        second.Dispose();

        Assert.Equal(1, owner.Disposals);
        Assert.Equal(0, _store.MemoryBytes);
    }

    [Fact]
    public void Delete_OfAValueNobodyUses_FreesItAtOnce()
    {
        var owner = new Owner();
        _store.Set("a", TestValues.Raw(1, 10), owner);
        _store.Get("a")!.Dispose();
        _store.Delete("a");
        Assert.Equal((1, 0), (owner.Disposals, _store.MemoryBytes));
    }

    [Fact]
    public void List_InPages_GivesEachKeyOnceAndInOrder()
    {
        string[] keys = ["b/1", "b/10", "b/2", "B/3", "b/\u00e9", "c", "a"];
        foreach (var key in keys)
            _store.Set(key, TestValues.Raw(1, key.Length));
        for (var limit = 1; limit < 8; limit++)
        {
            var found = new List<ValueInfo>();
            for (string? after = null; ;)
            {
                var page = _store.List("b/", after, limit);
                Assert.InRange(page.Values.Count, 1, limit);
                found.AddRange(page.Values);
                if ((after = page.Next) is null)
                    break;
            }

            Assert.Equal(["b/1", "b/10", "b/2", "b/\u00e9"], found.Select(value => value.Key));
            Assert.All(found, value => Assert.Equal(("raw", value.Key.Length, true), (value.Format, value.Bytes, value.IsInMemory)));
        }

        Assert.Equal(7, _store.List("", null, 100).Values.Count);
        Assert.Empty(_store.List("x", null, 1).Values);
    }

    [Fact]
    public void TryReserve_UpToTheLimit_IsAllowedAndCounted()
    {
        using var first = _store.TryReserve(60_000)!;
        Assert.Null(_store.TryReserve(40_001));
        Assert.False(_store.IsPressed);
        var second = _store.TryReserve(40_000)!;
        Assert.True(_store.IsPressed);
        second.Dispose();
        second.Dispose();
        Assert.Equal(60_000, _store.ReservedBytes);

        _store.Set("a", TestValues.Raw(1, 59_000), reservation: first);

        Assert.Equal(0, _store.ReservedBytes);
        Assert.InRange(_store.MemoryBytes, 59_000, 60_000);
    }

    [Fact]
    public async Task ReserveAsync_WithoutRoom_WaitsForIt()
    {
        _store.Set("a", TestValues.Raw(1, 90_000));
        var waiting = _store.ReserveAsync(50_000, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        _store.Delete("a");
        using var reservation = await waiting;
        Assert.Equal(50_000, _store.ReservedBytes);
    }

    [Fact]
    public async Task ReserveAsync_OfMoreThanThereIs_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<BlazeException>(() => _store.ReserveAsync(100_001, TestContext.Current.CancellationToken));
        Assert.Equal("A value of 100001 bytes does not fit the worker's memory of 100000 bytes; give it more with --memory.", failure.Message);
    }

    [Fact]
    public void IsPressed_WithoutASpillFolder_LastsUntilValuesGo()
    {
        _store.Set("a", TestValues.Raw(1, 120_000));
        Assert.True(_store.IsPressed);
        Assert.Equal(TestValues.Bytes(1, 120_000), TestValues.Read(_store, "a"));
        _store.Delete("a");
        Assert.False(_store.IsPressed);
    }

    [Theory]
    [InlineData(0, 0.8, 0.7)]
    [InlineData(100, 0.8, 0.9)]
    [InlineData(100, 1.1, 0.7)]
    [InlineData(100, 0.8, -0.1)]
    [InlineData(100, double.NaN, 0.7)]
    public void Create_WithSettingsOutOfRange_Throws(long limit, double pressed, double relieved) =>
        Assert.Throws<BlazeException>(() => new DataStore(new DataStoreOptions { MemoryLimit = limit, PressedShare = pressed, RelievedShare = relieved }));

    [Fact]
    public void Dispose_WithValuesInUse_LeavesThemToTheirUsers()
    {
        var owner = new Owner();
        _store.Set("a", TestValues.Raw(1, 10), owner);
        var lease = _store.Get("a")!;
        _store.Dispose();
        Assert.Equal(TestValues.Bytes(1, 10), lease.Value.Contiguous().ToArray());
        lease.Dispose();
        Assert.Equal(1, owner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => _store.Set("b", TestValues.Raw(1, 1)));
    }

    private sealed class Owner : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }

    [Fact]
    public async Task SetCopy_WithoutASpillFolder_MakesRoomWhenMemoryIsShort()
    {
        using var store = new DataStore(new DataStoreOptions { MemoryLimit = 100_000 });
        store.Set("own", new Value(ValueFormat.Raw, new byte[40_000]));
        for (var at = 0; at < 5; at++)
        {
            using var room = await store.ReserveAsync(30_000, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            store.SetCopy($"copy{at}", new Value(ValueFormat.Raw, new byte[30_000]), new MemoryStream(), room, 0).Dispose();
        }

        while (store.IsPressed)
            await Task.Yield();
        Assert.True(store.Contains("own"));
    }
}
