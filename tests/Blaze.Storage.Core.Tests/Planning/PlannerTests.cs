using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Recipes;

namespace Blaze.Storage.Core.Tests.Planning;

public sealed class PlannerTests
{
    private const long KiB = 1024;
    private const long MiB = 1024 * KiB;

    private static readonly long[] Edges =
        [0, 1, 64 * KiB - 1, 64 * KiB, 64 * KiB + 1, MiB - 1, MiB, MiB + 1, 16 * MiB, (17 * MiB) + 3, 256 * MiB, (300 * MiB) + 7];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Answer_AnyOrderTaskSizeAndCache_FoldsTheSameTree(int seed)
    {
        var random = new Random(seed);
        var extent = ExtentOf(seed % 3 == 0 ? new EntropyOperation(MiB) : new HistogramOperation(1));
        var first = new PlanRun(extent, random.Next(1, 4), random);
        for (var question = 0; question < 4; question++)
        {
            var range = RandomRange(random);
            var fresh = new PlanRun(extent, random.Next(1, 4), random).Answer(range);

            var answer = first.Answer(range);

            Assert.Equal(range.IsEmpty ? default : range, answer.Range);
            Assert.Equal(fresh.Story, answer.Story);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Answer_AskedAgain_ReadsNothing(int seed)
    {
        var random = new Random(seed);
        var run = new PlanRun(ExtentOf(new HistogramOperation(1)), random.Next(1, 4), random);
        var range = RandomRange(random);
        run.Answer(range);
        run.Read.Clear();

        run.Answer(range);

        Assert.Empty(run.Read);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Answer_OverlappingRange_ReadsNoBlockThatIsStored(int seed)
    {
        var random = new Random(seed);
        var extent = ExtentOf(new HistogramOperation(1));
        var run = new PlanRun(extent, random.Next(1, 4), random);
        run.Answer(RandomRange(random));
        var range = RandomRange(random);
        var before = run.Known(extent.Over(range));
        run.Read.Clear();

        run.Answer(range);

        Assert.All(run.Read, read => Assert.Null(before.Find(read)));
        Assert.All(run.Read, read => Assert.False(Block.TryFrom(read, out var block) && before.HoldsPartOf(block)));
        Assert.All(run.Read, read => Assert.True(range.Contains(read)));
        Assert.Equal(run.Read.Sum(read => read.Length), UnionLength(run.Read));
    }

    [Fact]
    public void Of_HugeExtent_ExpandsALittleAndNamesTheRestAsOneTaskEach()
    {
        var extent = ExtentOf(new HistogramOperation(1)).Over(new ByteRange(5, 1L << 50));

        var plan = Planner.Of([(extent, new KnownBlocks(extent.Operation, []))], TaskLevel.For(1L << 50, 8, extent.Operation, isRemote: false), true, 1);

        Assert.InRange(plan.Tasks.Count, 1, 4096);
        Assert.Contains(plan.Tasks, task => task.Recipe is ExpandRecipe);
    }

    [Fact]
    public void Of_ManyTasks_ListsEachAfterItsDependencies()
    {
        var extent = ExtentOf(new HistogramOperation(1)).Over(new ByteRange(123, 700 * MiB));

        var plan = Planner.Of([(extent, new KnownBlocks(extent.Operation, []))], 1, true, 1);

        var seen = new HashSet<string>();
        foreach (var task in plan.Tasks)
        {
            Assert.All(task.Dependencies, dependency => Assert.Contains(dependency, seen));
            Assert.True(seen.Add(task.Key));
        }

        Assert.Equal(plan.Root, plan.Tasks[^1].Key);
        Assert.Equal((700 * MiB) - 123, plan.Tasks.Sum(task => task.Bytes));
    }

    private static Extent ExtentOf(Operation operation) =>
        new(operation, [new ResourceInfo(ResourceUri.Parse("file:///data/a"), long.MaxValue, "v1")], new ByteRange(0, 0));

    private static ByteRange RandomRange(Random random)
    {
        var (one, other) = (Offset(random), Offset(random));
        return new ByteRange(Math.Min(one, other), Math.Max(one, other));
    }

    private static long Offset(Random random) => random.Next(3) switch
    {
        0 => random.NextInt64(300 * MiB),
        1 => Edges[random.Next(Edges.Length)],
        _ => random.NextInt64(20) * MiB,
    };

    private static long UnionLength(IEnumerable<ByteRange> ranges)
    {
        var (total, end) = (0L, 0L);
        foreach (var range in ranges.Order())
        {
            total += Math.Max(0, range.End - Math.Max(end, range.Start));
            end = Math.Max(end, range.End);
        }

        return total;
    }
}
