using Blaze.Storage.Worker.Peers;

namespace Blaze.Storage.Worker.Tests.Peers;

public sealed class RangeHeaderTests
{
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=2-5", 2, 4)]
    [InlineData("bytes=2-", 2, 8)]
    [InlineData("bytes=2-999", 2, 8)]
    [InlineData("bytes=2-99999999999999999999999", 2, 8)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-30", 0, 10)]
    [InlineData("Bytes= 1 - 2 ", 1, 2)]
    public void Read_OfOneRange_IsThatPart(string header, long start, long length)
    {
        Assert.Equal(RangeKind.Part, RangeHeader.Read(header, 10, out var from, out var count));
        Assert.Equal((start, length), (from, count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=--2")]
    [InlineData("bytes=0-1,3-4")]
    public void Read_OfAnythingElse_IsTheWhole(string? header)
    {
        Assert.Equal(RangeKind.Whole, RangeHeader.Read(header, 10, out var from, out var count));
        Assert.Equal((0, 10), (from, count));
    }

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=10-12", 10)]
    [InlineData("bytes=99999999999999999999-", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=-1", 0)]
    public void Read_OfBytesThereAreNot_IsUnsatisfiable(string header, long total) =>
        Assert.Equal(RangeKind.Unsatisfiable, RangeHeader.Read(header, total, out _, out _));
}
