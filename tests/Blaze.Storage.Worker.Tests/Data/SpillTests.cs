using Blaze.Storage.Core;
using Blaze.Storage.Core.Results;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Data;

namespace Blaze.Storage.Worker.Tests.Data;

public sealed class SpillTests : IDisposable
{
    private const int Large = 100_000;
    private readonly TemporaryFolder _folder = new();
    private readonly DataStore _store;
    private readonly List<string> _damaged = [];

    public SpillTests()
    {
        _store = Create();
        _store.Damaged += (_, key) => _damaged.Add(key);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Set_BeyondTheLimit_WritesWhatWasNotUsedForLongest()
    {
        await FillAsync(7);
        TestValues.Read(_store, "0");

        // Above 80 % of the million now: down to 70 %.
        _store.Set("7", TestValues.Raw(7, Large));
        await TestValues.UntilAsync(_store, () => _store.MemoryBytes <= 700_000);

        Assert.Equal(["1", "2"], _store.List("", null, 100).Values.Where(value => !value.IsInMemory).Select(value => value.Key));
        Assert.Equal(2 * (Large + SealedValue.SealLength), _store.SpilledBytes);
        Assert.Equal(8 * Large, _store.Bytes);
        Assert.Equal(2, _folder.Files("*.value").Count);
    }

    [Fact]
    public async Task Get_OfAValueOnDisk_GivesItsBytesAndFormat()
    {
        _store.Set("npy", ValueFormats.Encode(Enumerable.Range(0, 20_000).ToArray()));
        await FillAsync(20);
        Assert.False(_store.List("npy", null, 1).Values[0].IsInMemory);
        using (var onDisk = _store.Open("npy")!)
        {
            Assert.NotNull(onDisk.File);
            Assert.Equal("npy", onDisk.Format);
            Assert.Equal(Crc32C.Of(File.ReadAllBytes(onDisk.File!).AsSpan(0, 80_128)), onDisk.Checksum);
        }

        using (var lease = _store.Get("npy")!)
            Assert.Equal(Enumerable.Range(0, 20_000), ValueFormats.Decode<int[]>(lease.Value, "npy"));
        for (var i = 0; i < 20; i++)
            Assert.Equal(TestValues.Bytes(i, Large), TestValues.Read(_store, $"{i}"));
        Assert.InRange(_store.MemoryBytes, 1, 1_000_000);
        Assert.Empty(_damaged);
    }

    [Fact]
    public async Task Spilling_WhileValuesAreInUse_LeavesThemWhereTheyAre()
    {
        _store.Set("used", TestValues.Raw(100, Large));
        using var lease = _store.Get("used")!;
        await FillAsync(30);
        Assert.True(_store.List("used", null, 1).Values[0].IsInMemory);
        Assert.Equal(TestValues.Bytes(100, Large), lease.Value.Contiguous().ToArray());
    }

    [Fact]
    public async Task Delete_OfAValueOnDisk_RemovesItsFile()
    {
        await FillAsync(20);
        for (var i = 0; i < 20; i++)
            Assert.True(_store.Delete($"{i}"));
        Assert.Empty(_folder.Files("*.value"));
        Assert.Equal((0, 0, 0, 0), (_store.Bytes, _store.MemoryBytes, _store.SpilledBytes, _store.Count));
    }

    [Fact]
    public async Task Delete_OfAValueReadFromDisk_LeavesItsFileToTheReader()
    {
        await FillAsync(20);
        using (var lease = _store.Open("0")!)
        {
            _store.Delete("0");
            Assert.Equal(TestValues.Bytes(0, Large), File.ReadAllBytes(lease.File!)[..Large]);
        }

        Assert.Equal(_store.List("", null, 100).Values.Count(value => !value.IsInMemory), _folder.Files("*.value").Count);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("grow")]
    [InlineData("remove")]
    [InlineData("swap")]
    public async Task Get_OfADamagedFile_IsNullAndForgetsTheValue(string damage)
    {
        await FillAsync(20);
        string first, second;
        using (var lease = _store.Open("0")!)
            first = lease.File!;
        using (var lease = _store.Open("1")!)
            second = lease.File!;
        var bytes = File.ReadAllBytes(first);
        bytes[5000] ^= 1;
        switch (damage)
        {
            case "flip": File.WriteAllBytes(first, bytes); break;
            case "cut": File.WriteAllBytes(first, File.ReadAllBytes(first)[..^1]); break;
            case "grow": File.AppendAllText(first, "x"); break;
            case "remove": File.Delete(first); break;
            default: File.Copy(second, first, overwrite: true); break;
        }

        Assert.Null(_store.Get("0"));
        Assert.False(_store.Contains("0"));
        Assert.Equal(["0"], _damaged);
        Assert.Equal(TestValues.Bytes(1, Large), TestValues.Read(_store, "1"));
        Assert.False(File.Exists(first));
        _store.Set("0", TestValues.Raw(5, 10));
        Assert.Equal(TestValues.Bytes(5, 10), TestValues.Read(_store, "0"));
    }

    [Fact]
    public async Task ReserveAsync_WithValuesInTheWay_WritesThem()
    {
        for (var i = 0; i < 7; i++)
            _store.Set($"{i}", TestValues.Raw(i, Large));
        using var reservation = await _store.ReserveAsync(900_000, TestContext.Current.CancellationToken);
        Assert.InRange(_store.MemoryBytes, 0, 100_000);
    }

    [Fact]
    public async Task Set_OfWhatIsLargerThanTheMemory_IsKeptOnDisk()
    {
        _store.Set("huge", TestValues.Raw(1, 3_000_000));
        await TestValues.UntilAsync(_store, () => _store.MemoryBytes == 0);
        Assert.Equal(TestValues.Bytes(1, 3_000_000), TestValues.Read(_store, "huge"));
    }

    [Fact]
    public void Create_InAFolderOfDeadWorkers_RemovesTheirsOnly()
    {
        var own = Assert.Single(Directory.GetDirectories(_folder.Path));
        var dead = Directory.CreateDirectory(Path.Combine(_folder.Path, "blaze-spill-dead")).FullName;
        File.WriteAllText(Path.Combine(dead, "owner.lock"), "");
        File.WriteAllText(Path.Combine(dead, "1.value"), "x");
        var strange = Directory.CreateDirectory(Path.Combine(_folder.Path, "holiday-pictures")).FullName;

        using (Create())
        {
            Assert.False(Directory.Exists(dead));
            Assert.True(Directory.Exists(own));
            Assert.True(Directory.Exists(strange));
        }

        Assert.True(Directory.Exists(own));
        _store.Dispose();
        Assert.Equal([strange], Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void Create_WhereNoFolderCanBe_SaysSo()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        var failure = Assert.Throws<BlazeException>(() => new DataStore(new DataStoreOptions { SpillRoot = file }));
        Assert.StartsWith($"Values cannot be kept in '{file}': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_WhereTheFolderIsGone_KeepsValuesInMemoryAndSaysSoOnce()
    {
        var failures = new List<Exception>();
        _store.SpillFailed += (_, failure) => failures.Add(failure);
        Directory.Delete(Assert.Single(Directory.GetDirectories(_folder.Path)), recursive: true);

        for (var i = 0; i < 20; i++)
            _store.Set($"{i}", TestValues.Raw(i, Large));

        Assert.Single(failures);
        Assert.True(_store.IsPressed);
        for (var i = 0; i < 20; i++)
            Assert.Equal(TestValues.Bytes(i, Large), TestValues.Read(_store, $"{i}"));
    }

    private DataStore Create() => new(new DataStoreOptions { MemoryLimit = 1_000_000, SpillRoot = _folder.Path });

    private async Task FillAsync(int count)
    {
        for (var i = 0; i < count; i++)
            _store.Set($"{i}", TestValues.Raw(i, Large));
        await TestValues.UntilAsync(_store, () => _store.MemoryBytes <= 800_000);
    }
}
