using Blaze.Storage.Adapters.LocalFile.Caching;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Results;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.LocalFile.Tests.Caching;

public sealed class BoundedFolderTests : IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ManualTime _time = new();
    private readonly BoundedFolder _folder;

    public BoundedFolderTests() => _folder = new BoundedFolder(new LocalFileStore(), Root, 10_000, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResourceUri Root => _temporary.Uri.Append("cache");

    [Fact]
    public async Task Put_PastTheBudget_RemovesTheLeastRecentlyUsedDownToNineTenths()
    {
        for (var index = 0; index < 10; index++)
            await AgedAsync($"{index}/x", 1000, minutesAgo: 60 - index);
        await _folder.PutAsync(Root.Append("new"), new byte[1], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Equal(["2/x", "3/x", "4/x", "5/x", "6/x", "7/x", "8/x", "9/x", "new"], Names());
        Assert.False(Directory.Exists(_temporary.Name("cache/0")));
    }

    [Fact]
    public async Task Put_WithinTheBudget_RemovesNothing()
    {
        for (var index = 0; index < 9; index++)
            await AgedAsync($"{index}", 1000, minutesAgo: 60 - index);
        await _folder.PutAsync(Root.Append("new"), new byte[1000], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Equal(10, Names().Count);
    }

    [Fact]
    public async Task Open_OfAnOldFile_MarksItAsUsedAndKeepsItsVersion()
    {
        for (var index = 0; index < 10; index++)
            await AgedAsync($"{index}", 1000, minutesAgo: 60 - index);
        var version = (await _folder.StatAsync(Root.Append("0"), Token)).Version;
        using (var reader = await _folder.OpenAsync(Root.Append("0"), version, Token))
            reader.Verify();
        await _folder.PutAsync(Root.Append("new"), new byte[1], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Contains("0", Names());
        Assert.DoesNotContain("1", Names());
        Assert.Equal(version, (await _folder.StatAsync(Root.Append("0"), Token)).Version);
    }

    [Fact]
    public async Task Open_AgainWithinAMinute_DoesNotMarkAgain()
    {
        await AgedAsync("a", 10, minutesAgo: 60);
        await OpenAndCloseAsync("a");
        var marked = File.GetLastAccessTimeUtc(_temporary.Name("cache/a"));
        _time.Advance(BoundedFolder.MarkInterval / 2);
        await OpenAndCloseAsync("a");
        Assert.Equal(marked, File.GetLastAccessTimeUtc(_temporary.Name("cache/a")));
        _time.Advance(BoundedFolder.MarkInterval);
        await OpenAndCloseAsync("a");
        Assert.Equal(_time.GetUtcNow().UtcDateTime, File.GetLastAccessTimeUtc(_temporary.Name("cache/a")));
    }

    [Fact]
    public async Task Put_WhileAnOlderPutRuns_KeepsWhatIsYoungerThanThat()
    {
        await AgedAsync("old", 9_000, minutesAgo: 60);
        await using var running = await _folder.OpenMultipartAsync(Root.Append("running"), PutMode.Overwrite, Token);
        _time.Advance(TimeSpan.FromMinutes(10));
        await _folder.PutAsync(Root.Append("young"), new byte[9_000], Token);
        _time.Advance(TimeSpan.FromMinutes(10));
        await _folder.PutAsync(Root.Append("younger"), new byte[9_000], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Equal(["young", "younger"], Names());
    }

    [Fact]
    public async Task Put_BesideOtherProcesses_CountsWhatTheyWrote()
    {
        await _folder.PutAsync(Root.Append("own"), new byte[1], Token);
        await _folder.WhenTrimmedAsync();
        await AgedAsync("theirs", 20_000, minutesAgo: 60);
        await _folder.PutAsync(Root.Append("own2"), new byte[1000], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Equal(["own", "own2"], Names());
    }

    [Fact]
    public async Task Trim_OfAFolderWithLinks_FollowsNone()
    {
        Directory.CreateDirectory(_temporary.Name("outside"));
        File.WriteAllBytes(_temporary.Name("outside/precious"), new byte[20_000]);
        Directory.CreateDirectory(_temporary.Name("cache"));
        Directory.CreateSymbolicLink(_temporary.Name("cache/link"), _temporary.Name("outside"));
        File.WriteAllText(_temporary.Name("cache/.blaze-staged-dead"), "left behind");
        await AgedAsync("old", 20_000, minutesAgo: 60);
        await _folder.PutAsync(Root.Append("new"), new byte[10], Token);
        await _folder.WhenTrimmedAsync();
        Assert.True(File.Exists(_temporary.Name("outside/precious")));
        Assert.Equal(["new"], Directory.GetFiles(_temporary.Name("cache")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Put_OutsideTheFolder_TrimsNothing()
    {
        await AgedAsync("old", 20_000, minutesAgo: 60);
        await _folder.PutAsync(_temporary.Uri.Append("cachet"), new byte[20_000], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Equal(["old"], Names());
    }

    [Fact]
    public async Task Put_ByMany_StaysNearTheBudgetAndLosesNoReader()
    {
        var tier = new DurableTier(_folder, Root);
        await Parallel.ForAsync(0, 200, Token, async (index, token) =>
        {
            var key = new ChunkKey($"HIST_{index % 5:x32}", new ByteRange(index * 100, (index * 100) + 100));
            await tier.PutAsync(key, new byte[500], token);
            if (await tier.GetAsync(key, token) is { } body)
                Assert.Equal(500, body.Length);
        });
        await _folder.WhenTrimmedAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await _folder.PutAsync(Root.Append("last"), new byte[600], Token);
        await _folder.WhenTrimmedAsync();
        Assert.Equal(0, tier.DamagedCount);
        Assert.InRange(Directory.GetFiles(_temporary.Name("cache"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, 10_000);
    }

    [Fact]
    public async Task Put_OfTheFirstFile_MakesTheFolderForItsOwnerAlone()
    {
        await _folder.PutAsync(Root.Append("a"), new byte[1], Token);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_temporary.Name("cache")));
    }

    [Theory]
    [InlineData("/x", "/home/u", "/x/blaze")]
    [InlineData(null, "/home/u", "/home/u/.cache/blaze")]
    [InlineData("", "/home/u", "/home/u/.cache/blaze")]
    [InlineData("relative", "/home/u", "/home/u/.cache/blaze")]
    public void DefaultPath_OfAnEnvironment_FollowsXdg(string? variable, string home, string expected) =>
        Assert.Equal(expected, CacheFolder.PathFrom(name => name == "XDG_CACHE_HOME" ? variable : null, home));

    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        _temporary.Dispose();
    }

    private async Task AgedAsync(string name, int length, int minutesAgo)
    {
        await new LocalFileStore().PutAsync(Root.Append(name), new byte[length], Token);
        var time = _time.GetUtcNow().UtcDateTime.AddMinutes(-minutesAgo);
        File.SetLastWriteTimeUtc(_temporary.Name("cache/" + name), time);
        File.SetLastAccessTimeUtc(_temporary.Name("cache/" + name), time);
    }

    private async Task OpenAndCloseAsync(string name)
    {
        using var reader = await _folder.OpenAsync(Root.Append(name), null, Token);
    }

    private List<string> Names() =>
        [.. Directory.GetFiles(_temporary.Name("cache"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_temporary.Name("cache"), file))
            .Where(name => !name.StartsWith(".blaze", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}

/// <summary>The bounded folder is a store like any other.</summary>
public sealed class BoundedFolderConformanceTests : ObjectStoreConformance, IAsyncDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly BoundedFolder _folder;

    public BoundedFolderConformanceTests() => _folder = new BoundedFolder(new LocalFileStore(), _temporary.Uri);

    protected override IObjectStore Store => _folder;

    protected override ResourceUri Root => _temporary.Uri.Append("root");

    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        _temporary.Dispose();
    }
}
