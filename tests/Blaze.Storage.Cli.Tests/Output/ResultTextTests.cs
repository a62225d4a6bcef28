using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Tests.Output;

public sealed class ResultTextTests
{
    [Fact]
    public void Write_Histogram_IsHeaderAndTable()
    {
        var lines = Lines(Samples.Histogram((0, 512), (255, 512)));
        Assert.Equal(
            [
                "job\tj1",
                "op\tHIST",
                "source\tfile:///data/a.bin\t0123456789abcdef0123456789abcdef\t1024",
                "range\t0\t1024",
                "blocks\t3 total\t1 cached\t2 computed",
                "bytes\t1024 total\t512 read\t512 cached\t128 remote",
                "seconds\t1.25",
                "n\t1",
                "entropy\t1",
                "",
                "byte\tcount",
                "0x00\t512",
                "0x01\t0",
            ],
            lines[..13]);
        Assert.Equal("0xFF\t512", lines[^1]);
        Assert.Equal(11 + 256, lines.Length);
    }

    [Fact]
    public void Write_Pairs_ListsThoseThatOccur() =>
        Assert.Equal(["pair\tcount", "0x0000\t3", "0x6568\t7"], Lines(Samples.Pairs((0, 3), (0x6568, 7)))[^3..]);

    [Fact]
    public void Write_Entropy_ListsWindows() =>
        Assert.Equal(["window\t1024", "", "window\tentropy", "0\t0.5", "1\t8"], Lines(Samples.Entropy(1024, [0.5, 8], 2048))[^5..]);

    [Fact]
    public void Write_Difference_ListsRanges() => Assert.Equal(
        ["differing\t3", "runs\t2", "first\t1", "last\t9", "", "start\tend", "1\t3", "9\t10"],
        Lines(Samples.Difference(10, new ByteRange(1, 3), new ByteRange(9, 10)))[^8..]);

    [Fact]
    public void Write_StatisticsOfNothing_HasNoExtremes() => Assert.Equal(
        ["dtype\tf4", "count\t0", "nan\t0", "sum\t0", "min\t-", "max\t-", "mean\t-", "variance\t-"],
        Lines(Samples.Statistics("f4", Moments.Empty(false)))[^8..]);

    private static string[] Lines(JobSnapshot snapshot)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ResultText.Write(output, snapshot);
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
