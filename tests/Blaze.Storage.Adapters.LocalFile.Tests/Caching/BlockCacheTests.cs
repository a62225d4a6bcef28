using Blaze.Storage.Adapters.LocalFile.Caching.Blocks;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests.Caching;

public sealed class BlockCacheTests : IAsyncDisposable
{
    private const int Block = BlockFolder.BlockSize;
    private static readonly ResourceUri Uri = ResourceUri.Parse("memory://any/data");
    private readonly TemporaryFolder _temporary = new();
    private readonly ManualTime _time = new();
    private readonly MemoryObjectStore _inner = new();
    private readonly BlockFolder _blocks;
    private readonly BlockCache _cache;
    private int _reads;

    public BlockCacheTests()
    {
        _blocks = new BlockFolder(_temporary.Uri.Append("blocks"), timeProvider: _time);
        _cache = new BlockCache(_inner, _blocks);
        _inner.Fault = (member, _) =>
        {
            if (member == "Read")
                Interlocked.Increment(ref _reads);
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AgainInAnotherProcess_FetchesNothing()
    {
        var content = await PutAsync((2 * Block) + 100);
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
        await _blocks.WhenWrittenAsync();
        Assert.Equal(1, _reads);
        await using var others = new BlockFolder(_temporary.Uri.Append("blocks"));
        Assert.Equal(content, await new BlockCache(_inner, others).GetAsync(Uri, null, Token));
        Assert.Equal(1, _reads);
        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public async Task Read_AroundABlockThatIsThere_FetchesEachGapAtOnce()
    {
        var content = await PutAsync(8 * Block);
        Assert.Equal(content[(3 * Block)..(4 * Block)], await ReadAsync(3 * Block, Block));
        Assert.Equal(content[100..^100], await ReadAsync(100, content.Length - 200));
        Assert.Equal(3, _reads);
    }

    [Fact]
    public async Task Read_OfPartsOfOneBlock_FetchesItOnce()
    {
        var content = await PutAsync(3 * Block);
        Assert.Equal(content[(Block + 10)..(Block + 30)], await ReadAsync(Block + 10, 20));
        Assert.Equal(content[(Block + 500)..(Block + 900)], await ReadAsync(Block + 500, 400));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Read_OfAnyRange_IsTheContent()
    {
        var content = await PutAsync((3 * Block) + 12345);
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var offset = random.Next(content.Length + 10);
            var length = random.Next(1 << random.Next(1, 23));
            var end = Math.Min(content.Length, offset + length);
            Assert.Equal(content[Math.Min(offset, end)..end], await ReadAsync(offset, length));
        }

        Assert.InRange(_reads, 1, 4);
    }

    [Fact]
    public async Task Read_OfAChangedResource_FindsNothingOfTheOldOne()
    {
        await PutAsync(Block, seed: 1);
        var old = await _cache.StatAsync(Uri, Token);
        await _cache.GetAsync(Uri, null, Token);
        var content = await PutAsync(Block, seed: 2);
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _cache.OpenAsync(Uri, old.Version, Token));
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
    }

    [Fact]
    public async Task Verify_OfAResourceThatChangesWhileItIsRead_Fails()
    {
        await PutAsync(Block, seed: 1);
        await _cache.GetAsync(Uri, null, Token);
        using var reader = await _cache.OpenAsync(Uri, null, Token);
        await PutAsync(Block, seed: 2);
        Assert.Equal(Block, await reader.ReadAsync(0, new byte[Block], Token));
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(async () => await reader.VerifyAsync(Token));
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("swapped")]
    public async Task Read_OfADamagedBlock_FetchesAndReplacesIt(string damage)
    {
        var content = await PutAsync(2 * Block);
        await _cache.GetAsync(Uri, null, Token);
        await _blocks.WhenWrittenAsync();
        Damage(Files()[0], Files()[1], damage);
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
        Assert.Equal(2, _reads);
        await _blocks.WhenWrittenAsync();
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Read_WhereTheFolderCannotBeWritten_GoesOnWithoutItAndSaysSoOnce()
    {
        File.WriteAllText(_temporary.Name("blocks"), "a file");
        var problems = new List<ObjectStoreException>();
        _blocks.Unavailable += (_, failure) => problems.Add(failure);
        var content = await PutAsync(3 * Block);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
            await _blocks.WhenWrittenAsync();
        }

        Assert.Equal(3, _reads);
        Assert.Single(problems);
        File.Delete(_temporary.Name("blocks"));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
        await _blocks.WhenWrittenAsync();
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
        Assert.Equal(4, _reads);
    }

    [Fact]
    public async Task Read_ByManyAtOnce_FetchesEachBlockOnce()
    {
        var content = await PutAsync(4 * Block);
        using var held = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inner.Fault = (member, _) =>
        {
            if (member != "Read")
                return;
            Interlocked.Increment(ref _reads);
            entered.TrySetResult();
            Assert.True(held.Wait(TimeSpan.FromSeconds(30), Token));
        };
        var readers = Enumerable.Range(0, 6).Select(_ => _cache.GetAsync(Uri, null, Token)).ToArray();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        held.Set();
        Assert.All(await Task.WhenAll(readers), bytes => Assert.Equal(content, bytes));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Read_AfterAFetchThatFailed_FetchesAgain()
    {
        var content = await PutAsync(2 * Block);
        var failures = 1;
        _inner.Fault = (member, uri) =>
        {
            if (member == "Read" && Interlocked.Decrement(ref failures) >= 0)
                throw new ObjectStoreException(ObjectStoreErrorKind.Transient, "The line was cut.", "memory", uri);
        };
        await Assert.ThrowsAsync<ObjectStoreException>(() => _cache.GetAsync(Uri, null, Token));
        Assert.Equal(content, await _cache.GetAsync(Uri, null, Token));
    }

    [Fact]
    public async Task Read_OfMoreThanTheBudget_KeepsWhatWasUsedLast()
    {
        await using var blocks = new BlockFolder(_temporary.Uri.Append("small"), 4 * Block);
        var cache = new BlockCache(_inner, blocks);
        var content = await PutAsync(12 * Block);
        for (var block = 0; block < 12; block++)
        {
            using var reader = await cache.OpenAsync(Uri, null, Token);
            Assert.Equal(Block, await reader.ReadAsync((long)block * Block, new byte[Block], Token));
            await blocks.WhenWrittenAsync();
        }

        var kept = Directory.GetFiles(_temporary.Name("small"), "*", SearchOption.AllDirectories);
        Assert.InRange(kept.Length, 1, 4);
        Assert.Contains(kept, file => file.EndsWith($"{11 * Block}_{12 * Block}", StringComparison.Ordinal));
        Assert.Equal(content, await cache.GetAsync(Uri, null, Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _blocks.DisposeAsync();
        _temporary.Dispose();
    }

    private static void Damage(string file, string other, string damage)
    {
        var bytes = File.ReadAllBytes(damage == "swapped" ? other : file);
        if (damage == "flipped")
            bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, damage switch { "cut" => bytes[..^1], "empty" => [], _ => bytes });
    }

    private string[] Files() => [.. Directory.GetFiles(_temporary.Name("blocks"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private async Task<byte[]> PutAsync(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        await _inner.PutAsync(Uri, content, Token);
        return content;
    }

    private async Task<byte[]> ReadAsync(long offset, int length)
    {
        using var reader = await _cache.OpenAsync(Uri, null, Token);
        var buffer = new byte[length];
        return buffer[..await reader.ReadAsync(offset, buffer, Token)];
    }
}

/// <summary>A store behind the block cache is a store like any other.</summary>
public sealed class BlockCacheConformanceTests : ObjectStoreConformance, IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly BlockFolder _blocks;

    public BlockCacheConformanceTests()
    {
        _blocks = new BlockFolder(_temporary.Uri.Append("blocks"));
        Store = new BlockCache(new MemoryObjectStore(), _blocks);
    }

    protected override IObjectStore Store { get; }

    protected override ResourceUri Root => ResourceUri.Parse("memory://any/root");

    public async ValueTask DisposeAsync()
    {
        await _blocks.DisposeAsync();
        _temporary.Dispose();
    }
}
