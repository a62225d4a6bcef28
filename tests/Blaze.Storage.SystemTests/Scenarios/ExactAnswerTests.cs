using Blaze.Storage.Center;
using Blaze.Storage.Compute.Difference;
using Blaze.Storage.Compute.Entropy;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Compute.Statistics;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Statistics;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>Answers equal those of the naive reference over the whole range at once, byte for byte and bit for bit.</summary>
public abstract class ExactAnswerTests(ServerFixture fixture)
{
    private const long KiB = 1024;
    private const long MiB = 1024 * KiB;

    public static TheoryData<long> Lengths =>
        [0, 1, (64 * KiB) - 1, 64 * KiB, (64 * KiB) + 1, MiB - 1, MiB, MiB + 1, (17 * MiB) + 3];

    private Task<CenterAddress> NewNamespaceAsync() => fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Hist_AnyLengthAndRange_EqualsTheReference(long length)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", length, (int)length);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), workers: 2);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        foreach (var n in new[] { 1, 2 })
        {
            foreach (var range in RangesOf(length))
            {
                var answer = await cluster.AnswerAsync(SourceFiles.Question("HIST", path, range.Start, range.End, ("n", $"{n}")));

                AssertSame(answer.Operation!, NaiveHistogram.Of(n, bytes, range), answer.Value!);
                Assert.Equal(range.Length, answer.Bytes.Total);
                Assert.Equal(range.Length, answer.Bytes.Cached + answer.Bytes.Computed);
                Assert.Equal(answer.Blocks.Total, answer.Blocks.Cached + answer.Blocks.Computed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Ent_AnyLengthAndRange_EqualsTheReference(long length)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", length, (int)length);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), workers: 2);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        foreach (var window in new[] { 4 * KiB, 64 * KiB, MiB })
        {
            foreach (var range in RangesOf(length))
            {
                var answer = await cluster.AnswerAsync(SourceFiles.Question("ENT", path, range.Start, range.End, ("window", $"{window}")));

                AssertSame(answer.Operation!, NaiveEntropy.Of(window, bytes, range), answer.Value!);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Diff_AnyLengthsAndRange_EqualsTheReference(long length)
    {
        using var files = new SourceFiles();
        var first = files.Random("a", length, 7);
        var second = files.PathOf("b");
        File.Copy(first, second);
        Scatter(second, length, 40);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), workers: 2);
        var (one, other) = (await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken));
        foreach (var range in RangesOf(Math.Max(one.Length, other.Length)))
        {
            var question = SourceFiles.Question("DIFF", first, range.Start, range.End);
            question = question with { Sources = [.. question.Sources, .. SourceFiles.Question("DIFF", second).Sources] };

            var answer = await cluster.AnswerAsync(question);

            AssertSame(answer.Operation!, NaiveDifference.Of(one, other, range), answer.Value!);
        }
    }

    [Theory]
    [InlineData("f8")]
    [InlineData("f4")]
    [InlineData(">f8")]
    [InlineData("i2")]
    [InlineData("u8")]
    [InlineData(">i8")]
    [InlineData("u1")]
    public async Task Stat_AnyType_HasTheSameBitsAsTheReference(string dtype)
    {
        using var files = new SourceFiles();
        var path = files.Random("a", (17 * MiB) + 8, 5);
        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), workers: 2);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var operation = new StatisticsOperation(ElementType.Parse(dtype));
        foreach (var range in new ByteRange[] { new(0, bytes.Length), new(8, 8), new((64 * KiB) - 8, (64 * KiB) + 8), new(MiB - 16, (16 * MiB) + 24) })
        {
            var answer = await cluster.AnswerAsync(SourceFiles.Question("STAT", path, range.Start, range.End, ("dtype", dtype)));

            AssertSame(operation, NaiveStatistics.Of(operation, bytes, range), answer.Value!);
        }
    }

    [Fact]
    public async Task Hist_SparseFileOfFiveGiB_CountsItsZeroes()
    {
        using var files = new SourceFiles();
        var path = files.PathOf("sparse");
        await using (var file = File.Create(path))
        {
            file.SetLength(5L << 30);
            file.Seek((3L << 30) + 11, SeekOrigin.Begin);
            file.WriteByte(7);
        }

        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync());

        var answer = await cluster.AnswerAsync(SourceFiles.Question("HIST", path));

        var counts = new long[256];
        counts[0] = (5L << 30) - 1;
        counts[7] = 1;
        AssertSame(answer.Operation!, new Core.Operations.Histogram.HistogramValue(counts), answer.Value!);
    }

    [Fact]
    public async Task Hist_DirectoryOfManyFiles_IsTheMergeOfAll()
    {
        using var files = new SourceFiles();
        Directory.CreateDirectory(files.PathOf("d/e"));
        var random = new Random(3);
        var all = new List<byte>();
        for (var i = 0; i < 300; i++)
        {
            var content = new byte[random.Next(3000)];
            random.NextBytes(content);
            await File.WriteAllBytesAsync(files.PathOf($"d/{(i % 2 == 0 ? "e/" : "")}f{i:d3}"), content, TestContext.Current.CancellationToken);
            all.AddRange(content);
        }

        await using var cluster = await TestCluster.StartAsync(await NewNamespaceAsync(), workers: 2);

        var answer = await cluster.AnswerAsync(SourceFiles.Question("HIST", files.PathOf("d")));

        AssertSame(answer.Operation!, NaiveHistogram.Of(1, all.ToArray(), new ByteRange(0, all.Count)), answer.Value!);
        Assert.Equal(300, answer.Detail!.Sources.Count);
    }

    private static void Scatter(string path, long length, int differences)
    {
        var random = new Random(11);
        using var file = File.OpenWrite(path);
        for (var i = 0; i < differences && length > 0; i++)
        {
            file.Position = random.NextInt64(length);
            file.Write(new byte[random.Next(1, 100)]);
        }
    }

    private static IEnumerable<ByteRange> RangesOf(long length)
    {
        var random = new Random((int)length);
        yield return new ByteRange(0, length);
        for (var i = 0; i < 2 && length > 0; i++)
        {
            var (one, other) = (random.NextInt64(length + 1), random.NextInt64(length + 1));
            yield return new ByteRange(Math.Min(one, other), Math.Max(one, other));
        }
    }

    private static void AssertSame(Operation operation, ChunkValue expected, ChunkValue actual) =>
        Assert.Equal(operation.Encode([expected]), operation.Encode([actual]));
}

public sealed class ExactAnswerOnRedisTests(RedisFixture fixture) : ExactAnswerTests(fixture);

public sealed class ExactAnswerOnGarnetTests(GarnetFixture fixture) : ExactAnswerTests(fixture);
