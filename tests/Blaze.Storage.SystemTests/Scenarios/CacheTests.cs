using Blaze.Storage.Center;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>Nothing is computed twice: what was read once is never read again, across jobs, restarts and the loss of the center.</summary>
public abstract class CacheTests(ServerFixture fixture)
{
    private const long MiB = 1 << 20;

    private Task<CenterAddress> NewNamespaceAsync() => fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("HIST", "n", "1")]
    [InlineData("HIST", "n", "2")]
    [InlineData("ENT", "window", "65536")]
    [InlineData("STAT", "dtype", "f4")]
    public async Task SecondJob_SameQuestion_ReadsNothing(string op, string parameter, string value)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (18 * MiB) + 4, 1);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync());
        var first = await cluster.AnswerAsync(SourceFiles.Question(op, path, null, null, (parameter, value)));
        Assert.Equal(cluster.Sources.BytesRead, first.Bytes.Read);
        Assert.InRange(first.Bytes.Read, 18 * MiB, (18 * MiB) + 200);
        cluster.Sources.Forget();

        var second = await cluster.AnswerAsync(SourceFiles.Question(op, path, null, null, (parameter, value)));

        Assert.Empty(cluster.Sources.Reads);
        Assert.Equal(0, second.Bytes.Read);
        Assert.Equal(second.Bytes.Total, second.Bytes.Cached);
        Assert.Equal(second.Operation!.Encode([first.Value!]), second.Operation.Encode([second.Value!]));
    }

    [Fact]
    public async Task SecondJob_OverlappingRange_ReadsOnlyWhatNoBlockCovers()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 40 * MiB, 2);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync());
        await cluster.AnswerAsync(SourceFiles.Question("HIST", path, 0, 20 * MiB));
        cluster.Sources.Forget();

        var second = await cluster.AnswerAsync(SourceFiles.Question("HIST", path, 10 * MiB, 30 * MiB));

        Assert.All(cluster.Sources.Reads, read => Assert.True(read.Range.Start >= 20 * MiB, $"{read.Range} was read although it lies in the first range"));
        Assert.Equal(10 * MiB, cluster.Sources.BytesRead);
        Assert.Equal(10 * MiB, second.Bytes.Read);
        Assert.Equal(10 * MiB, second.Bytes.Cached);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(NaiveHistogram.Of(1, bytes, new ByteRange(10 * MiB, 30 * MiB)).Counts, ((HistogramValue)second.Value!).Counts);
    }

    [Fact]
    public async Task NewCenter_SameDurableFolder_ReadsNothing()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (33 * MiB) + 17, 3);
        HistogramValue first;
        await using (var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache")))
            first = (HistogramValue)(await cluster.AnswerAsync(SourceFiles.Question("HIST", path))).Value!;
        await using var other = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));

        var second = await other.AnswerAsync(SourceFiles.Question("HIST", path));

        Assert.Empty(other.Sources.Reads);
        Assert.Equal(first.Counts, ((HistogramValue)second.Value!).Counts);
    }

    [Theory]
    [InlineData("HIST", "n", "2", 1000)]
    [InlineData("HIST", "n", "2", 16 * MiB)]
    [InlineData("HIST", "n", "2", (18 * MiB) + 5)]
    [InlineData("ENT", "window", "1024", 17 * MiB)]
    public async Task LargeAnswer_ClientWithoutTheDurableFolder_IsRead(string op, string parameter, string value, long length)
    {
        using var files = new SourceFiles();
        var question = SourceFiles.Question(op, files.Random("a", length, 5), null, null, (parameter, value)) with { Durable = true };
        await using (var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache")))
        {
            var computed = await cluster.AnswerWithoutTheFolderAsync(question);
            var again = await cluster.AnswerWithoutTheFolderAsync(question);
            Assert.Equal(computed.Operation!.Encode([computed.Value!]), again.Operation!.Encode([again.Value!]));
            Assert.Equal((length, 0), (again.Bytes.Cached, again.Bytes.Read));
        }

        await using var other = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));
        Assert.Equal(0, (await other.AnswerWithoutTheFolderAsync(question)).Bytes.Read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DurableEntries_CutOrCorrupt_AreComputedAgainAndReplaced(bool cut)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (17 * MiB) + 3, 4);
        HistogramValue first;
        await using (var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache")))
            first = (HistogramValue)(await cluster.AnswerAsync(SourceFiles.Question("HIST", path))).Value!;
        var entries = Directory.GetFiles(files.PathOf("cache"), "HIST_*", SearchOption.AllDirectories);
        Assert.NotEmpty(entries);
        foreach (var entry in entries)
            Damage(entry, cut);

        await using var other = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));
        var second = await other.AnswerAsync(SourceFiles.Question("HIST", path));
        Assert.Equal(first.Counts, ((HistogramValue)second.Value!).Counts);
        Assert.NotEmpty(other.Sources.Reads);

        await using var third = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));
        await third.AnswerAsync(SourceFiles.Question("HIST", path));
        Assert.Empty(third.Sources.Reads);
    }

    [Fact]
    public async Task DurableAnswer_Damaged_IsMergedAgainFromItsBlocks()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (33 * MiB) + (64 << 10), 6);
        HistogramValue first;
        await using (var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache")))
            first = (HistogramValue)(await cluster.AnswerAsync(SourceFiles.Question("HIST", path))).Value!;
        Damage(Assert.Single(Directory.GetFiles(files.PathOf("cache"), $"HIST_*.0_{(33 * MiB) + (64 << 10)}", SearchOption.AllDirectories)), cut: false);
        await using var other = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));

        var second = await other.AnswerAsync(SourceFiles.Question("HIST", path));

        Assert.Empty(other.Sources.Reads);
        Assert.Equal(first.Counts, ((HistogramValue)second.Value!).Counts);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData((17 * MiB) + 3)]
    public async Task AnswerInTheCenter_Damaged_IsComputedAgainAndReplaced(long length)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", length, 7);
        var address = await NewNamespaceAsync();
        await using var cluster = await TestCluster.StartAsync(address);
        var first = (HistogramValue)(await cluster.AnswerAsync(SourceFiles.Question("HIST", path))).Value!;
        await using var center = await CenterConnection.ConnectAsync(address, TestContext.Current.CancellationToken);
        var damaged = (await center.Values.KeysAsync("HIST", 1000, TestContext.Current.CancellationToken))
            .Where(key => key.EndsWith($".0_{length}", StringComparison.Ordinal))
            .Select(key => new StoredValue(key, new byte[] { 1, 2, 3 }, Indexed: true));
        await center.Values.PutAsync([Assert.Single(damaged)], TestContext.Current.CancellationToken);

        var second = await cluster.AnswerAsync(SourceFiles.Question("HIST", path));
        cluster.Sources.Forget();
        var third = await cluster.AnswerAsync(SourceFiles.Question("HIST", path));

        Assert.Equal(first.Counts, ((HistogramValue)second.Value!).Counts);
        Assert.Equal(first.Counts, ((HistogramValue)third.Value!).Counts);
        Assert.Empty(cluster.Sources.Reads);
    }

    [Fact]
    public async Task Worker_WithMoreSlotsThanOneCallClaimsFor_Works()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 3 * MiB, 8);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), options: new WorkerOptions { Slots = 200 });

        var answer = await cluster.AnswerAsync(SourceFiles.Question("HIST", path));

        Assert.Equal(3 * MiB, ((HistogramValue)answer.Value!).Total);
    }

    [Fact]
    public async Task NoCache_AskedForByTheJob_LeavesTheFolderEmpty()
    {
        using var files = new SourceFiles();
        var path = files.Random("a", 2 * MiB, 5);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), 1, files.PathOf("cache"));

        await cluster.AnswerAsync(SourceFiles.Question("HIST", path) with { Durable = false });

        Assert.True(!Directory.Exists(files.PathOf("cache")) || Directory.GetFiles(files.PathOf("cache"), "*", SearchOption.AllDirectories).Length == 0);
    }

    private static void Damage(string entry, bool cut)
    {
        using var file = File.Open(entry, FileMode.Open, FileAccess.ReadWrite);
        if (cut)
        {
            file.SetLength(file.Length / 2);
            return;
        }

        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }
}

public sealed class CacheOnRedisTests(RedisFixture fixture) : CacheTests(fixture);

public sealed class CacheOnGarnetTests(GarnetFixture fixture) : CacheTests(fixture);
