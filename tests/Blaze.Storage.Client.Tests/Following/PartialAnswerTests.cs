using Blaze.Storage.Client.Following;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Client.Tests.Following;

public sealed class PartialAnswerTests
{
    private static readonly string[] Hashes = [new('a', 32), new('b', 32)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_AnyOrderWithRepeats_MergesInTheOrderOfTheBytes(int seed)
    {
        var operation = new EntropyOperation();
        var answer = new PartialAnswer(operation, Detail(operation, 20, 30));
        var random = new Random(seed);
        var pieces = Enumerable.Range(0, 50).Select(index => index < 20 ? (Source: 0, Place: index) : (Source: 1, Place: index - 20)).ToArray();
        var feed = pieces.Concat(pieces).ToArray();
        random.Shuffle(feed);
        var taken = 0;

        foreach (var (source, place) in feed)
        {
            var before = answer.Chunks().Count;
            taken += answer.Add(Key(source, place), At(place), Entropy(source, place), random.Next(2) == 0) ? 1 : 0;
            Assert.InRange(answer.Chunks().Count, before, before + 1);
        }

        Assert.Equal(50, taken);
        Assert.Equal(50, answer.Count);
        Assert.Equal(pieces, answer.Chunks().Select(chunk => (chunk.Source, (int)(chunk.Range.Start / Grid.FinestSize))));
        Assert.Equal(pieces.Select(piece => piece.Source + (piece.Place / 100.0)), ((EntropyValue)answer.Value()!).Profile);
        Assert.Equal(1, answer.Estimate()!.Coverage);
    }

    [Fact]
    public void Add_SameFileTwice_CountsForBoth()
    {
        var operation = new EntropyOperation();
        var source = new JobSource("file:///a", Hashes[0], 10 * Grid.FinestSize, 0, 10 * Grid.FinestSize);
        var detail = new JobDetail("ENT", OperationCatalog.ParametersOf(operation), [source, source], 0, source.End);
        var answer = new PartialAnswer(operation, detail);

        Assert.True(answer.Add(Key(0, 4), At(4), Entropy(0, 4), false));
        Assert.False(answer.Add(Key(0, 4), At(4), Entropy(0, 4), false));

        Assert.Equal([0, 1], answer.Chunks().Select(chunk => chunk.Source));
        Assert.Equal(0.1, answer.Estimate()!.Coverage, 12);
    }

    [Fact]
    public void Add_Difference_IsFoundByBothHashes()
    {
        var operation = new DifferenceOperation();
        var answer = new PartialAnswer(operation, Detail(operation, 4, 2));
        var pair = ChunkKeyOf($"DIFF_{Hashes[0]}_{Hashes[1]}", At(3));
        var reversed = ChunkKeyOf($"DIFF_{Hashes[1]}_{Hashes[0]}", At(2));

        Assert.True(answer.Add(pair, At(3), Differing(At(3), 10), false));
        Assert.False(answer.Add(reversed, At(2), Differing(At(2), 10), false));
        Assert.True(answer.Add(pair with { Range = At(1) }, At(1), Differing(At(1), 5), true));

        Assert.Equal(15, ((DifferenceValue)answer.Value()!).Differing);
        Assert.Equal([At(1), At(3)], answer.Chunks().Select(chunk => chunk.Range));
        // The longer file has four chunks: one is known with 5, and of the other three one has 10.
        Assert.Equal(35, Assert.IsType<DifferenceEstimate>(answer.Estimate()).Differing.Value, 9);
    }

    [Fact]
    public void CoveredRanges_RandomRanges_TakesNoByteTwice()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var covered = new CoveredRanges();
            var bytes = new bool[100];
            for (var i = 0; i < 60; i++)
            {
                var start = random.Next(100);
                var range = new ByteRange(start, random.Next(start, Math.Min(101, start + 12)));
                var isFree = range.Length > 0 && !bytes.AsSpan((int)range.Start, (int)range.Length).Contains(true);

                Assert.Equal(isFree, covered.TryAdd(range));

                if (isFree)
                    bytes.AsSpan((int)range.Start, (int)range.Length).Fill(true);
            }
        }
    }

    private static JobDetail Detail(Operation operation, params int[] chunks) => new(
        operation.Name,
        OperationCatalog.ParametersOf(operation),
        [.. chunks.Select((count, index) => new JobSource($"file:///{index}", Hashes[index], count * Grid.FinestSize, 0, count * Grid.FinestSize))],
        0,
        chunks.Max() * Grid.FinestSize);

    private static ByteRange At(int place) => new(place * Grid.FinestSize, (place + 1) * Grid.FinestSize);

    private static ChunkKey Key(int source, int place) => ChunkKeyOf($"ENT_{Hashes[source]}", At(place));

    private static ChunkKey ChunkKeyOf(string what, ByteRange range) => new(what, range);

    private static EntropyValue Entropy(int source, int place)
    {
        var counts = new long[256];
        counts[place] = Grid.FinestSize;
        return new EntropyValue(counts, [source + (place / 100.0)]);
    }

    private static DifferenceValue Differing(ByteRange range, long count) =>
        new(range, count, 1, range.Start + count - 1, [new ByteRange(range.Start, range.Start + count)]);
}
