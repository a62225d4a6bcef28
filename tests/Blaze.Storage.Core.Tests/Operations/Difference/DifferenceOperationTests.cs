using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Difference;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Operations.Difference;

public sealed class DifferenceOperationTests
{
    private static readonly DifferenceOperation Operation = new();

    // Flags of differing positions, and where to cut them.
    private static readonly Arbitrary<(bool[] Flags, int[] Cuts)> Splits = Arb.From(
        from length in Gen.Choose(0, 6000)
        from seed in Gen.Choose(0, int.MaxValue)
        from density in Gen.Choose(0, 10)
        from count in Gen.Choose(0, 5)
        let random = new Random(seed)
        select (Enumerable.Range(0, length).Select(_ => random.Next(10) < density).ToArray(),
            Enumerable.Range(0, count).Select(_ => random.Next(length + 1)).Order().ToArray()));

    [Fact]
    public void Merge_AnySplit_IsTheWhole() => Prop.ForAll(Splits, split =>
    {
        int[] cuts = [0, .. split.Cuts, split.Flags.Length];
        var parts = cuts.Zip(cuts.Skip(1), (start, end) => ValueOf(split.Flags, start, end)).ToArray();
        var whole = ValueOf(split.Flags, 0, split.Flags.Length);
        Assert.Equal(Text(whole), Text((DifferenceValue)Operation.Merge(parts)));
        if (parts.Length > 2)
            Assert.Equal(Text(whole), Text((DifferenceValue)Operation.Merge([parts[0], Operation.Merge(parts[1..])])));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Encode_AnyRows_ReadsBack() => Prop.ForAll(Splits, split =>
    {
        var offset = 1L << 40;
        var moved = Moved(ValueOf(split.Flags, 0, split.Flags.Length), offset);
        var rows = Operation.Decode(Operation.Encode([moved, moved])).Cast<DifferenceValue>().ToArray();
        Assert.Equal([Text(moved), Text(moved)], rows.Select(Text));
        Assert.True(Operation.Encode([moved]).Length <= Operation.ResultSize(moved.Range.Length));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Merge_PartsWithAGap_KeepsTheirRunsApart()
    {
        bool[] flags = [true, true, true, true];
        var merged = (DifferenceValue)Operation.Merge([ValueOf(flags, 0, 1), ValueOf(flags, 2, 4)]);
        Assert.Equal((2, 3), (merged.Runs, merged.Differing));
        Assert.Equal(new ByteRange(0, 4), merged.Range);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"rows\":1}")]
    [InlineData("{\"rows\":[{}]}")]
    [InlineData("{\"rows\":[]}x")]
    [InlineData("{\"rows\":[{\"start\":1,\"end\":0,\"differing\":0,\"runs\":0,\"last\":-1,\"ranges\":[]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":1,\"runs\":1,\"last\":0,\"ranges\":[]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":1,\"runs\":0,\"last\":-1,\"ranges\":[]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":2,\"runs\":1,\"last\":0,\"ranges\":[[0,1]]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":1,\"runs\":1,\"last\":3,\"ranges\":[[0,1]]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":10,\"runs\":1,\"last\":9,\"ranges\":[[0,10]]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":2,\"runs\":2,\"last\":1,\"ranges\":[[0,1],[1,2]]}]}")]
    [InlineData("{\"rows\":[{\"start\":0,\"end\":9,\"differing\":1,\"runs\":1,\"last\":0,\"ranges\":[[0,1,2]]}]}")]
    [InlineData("{\"rows\":[{\"start\":9223372036854775000,\"end\":9223372036854775807,\"differing\":1,\"runs\":1,\"last\":0,\"ranges\":[[9223372036854775000,9223372036854775001]]}]}")]
    public void Decode_AnythingElse_Throws(string json) =>
        Assert.Throws<InvalidDataException>(() => Operation.Decode(System.Text.Encoding.UTF8.GetBytes(json)));

    private static DifferenceValue ValueOf(bool[] flags, int start, int end)
    {
        var runs = new List<ByteRange>();
        for (var i = start; i < end; i++)
        {
            if (!flags[i])
                continue;
            if (runs.Count > 0 && runs[^1].End == i)
                runs[^1] = new ByteRange(runs[^1].Start, i + 1);
            else
                runs.Add(new ByteRange(i, i + 1));
        }

        return new DifferenceValue(
            new ByteRange(start, end), runs.Sum(run => run.Length), runs.Count, runs.Count == 0 ? -1 : runs[^1].End - 1, [.. runs.Take(1000)]);
    }

    private static DifferenceValue Moved(DifferenceValue value, long offset) => new(
        Moved(value.Range, offset), value.Differing, value.Runs, value.Last < 0 ? -1 : value.Last + offset, [.. value.Ranges.Select(range => Moved(range, offset))]);

    private static ByteRange Moved(ByteRange range, long offset) => new(range.Start + offset, range.End + offset);

    private static string Text(DifferenceValue value) =>
        $"{(value.Range.IsEmpty ? "" : value.Range)} {value.Differing} {value.Runs} {value.First} {value.Last} {string.Join(' ', value.Ranges)}";
}
