using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Core.Tests.Operations.Histogram;

public sealed class HistogramOperationTests
{
    [Theory]
    [InlineData(1, 255, "|u1")]
    [InlineData(1, 256, "<u2")]
    [InlineData(2, 65536, "<u4")]
    [InlineData(1, 4294967296, "<u8")]
    [InlineData(1, long.MaxValue, "<u8")]
    public void Encode_AnyCounts_TakesTheNarrowestTypeAndReadsBack(int n, long largest, string descr)
    {
        var operation = new HistogramOperation(n);
        var (first, second) = (Value(operation, 17, largest), Value(operation, 3, largest / 2));
        var encoded = operation.Encode([first, second]);
        Assert.Equal(descr, NpyHeader.Read(encoded).Descr);
        Assert.Equal([2, operation.Bins], NpyHeader.Read(encoded).Shape);
        var rows = operation.Decode(encoded).Cast<HistogramValue>().ToArray();
        Assert.Equal([first.Counts, second.Counts], rows.Select(row => row.Counts));
    }

    [Fact]
    public void ResultSize_LargestCount_IsNeverExceeded()
    {
        foreach (var n in new[] { 1, 2 })
        {
            foreach (var length in new[] { 0L, 1, 255, 256, 65535, 65536, uint.MaxValue, 1L << 32, 1L << 60 })
            {
                var operation = new HistogramOperation(n);
                Assert.True(operation.Encode([Value(operation, 0, length)]).Length <= operation.ResultSize(length));
            }
        }
    }

    [Fact]
    public void Merge_Parts_AddsThemAndLeavesThemAlone()
    {
        var operation = new HistogramOperation();
        var (first, second) = (Value(operation, 1, 5), Value(operation, 1, 7));
        var merged = (HistogramValue)operation.Merge([first, operation.Empty, second]);
        Assert.Equal((12, 12, 5), (merged.Counts[1], merged.Total, first.Counts[1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Constructor_OtherN_Throws(int n) => Assert.Throws<BlazeException>(() => new HistogramOperation(n));

    [Fact]
    public void Entropy_KnownCounts_IsKnown()
    {
        var counts = new long[256];
        Assert.Equal(0, new HistogramValue(counts).Entropy);
        counts[9] = 1L << 40;
        Assert.Equal(0, new HistogramValue(counts).Entropy);
        counts[7] = 1L << 40;
        Assert.Equal(1, new HistogramValue(counts).Entropy);
        counts[7] = 3L << 40;
        Assert.Equal(0.8112781244591328, new HistogramValue(counts).Entropy, 1e-15);
    }

    private static HistogramValue Value(HistogramOperation operation, int bin, long count)
    {
        var counts = new long[operation.Bins];
        counts[bin] = count;
        return new HistogramValue(counts);
    }
}
