using Blaze.Storage.Core;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Worker.Planning;

namespace Blaze.Storage.Worker.Tests.Planning;

public sealed class JobRangeTests
{
    private static readonly ResourceInfo File = new(ResourceUri.Parse("file:///data/a"), 1000, "v");

    [Theory]
    [InlineData(null, null, 0, 1000)]
    [InlineData(10L, null, 10, 1000)]
    [InlineData(null, 20L, 0, 20)]
    [InlineData(1000L, null, 1000, 1000)]
    [InlineData(7L, 7L, 7, 7)]
    public void Of_RangeInside_IsThatRange(long? start, long? end, long expectedStart, long expectedEnd)
    {
        Assert.Equal(new ByteRange(expectedStart, expectedEnd), JobRange.Of(Spec(start, end), File));
    }

    [Theory]
    [InlineData(1001L, null)]
    [InlineData(0L, 1001L)]
    [InlineData(null, 5000L)]
    public void Of_RangeOutside_NamesTheFileAndItsLength(long? start, long? end)
    {
        var message = Assert.Throws<BlazeException>(() => JobRange.Of(Spec(start, end), File)).Message;

        Assert.Contains("/data/a", message, StringComparison.Ordinal);
        Assert.Contains("1000", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 24, 0, true)]
    [InlineData(3, 19, 3, true)]
    [InlineData(0, 23, 0, false)]
    [InlineData(4, 24, 0, false)]
    [InlineData(0, 16, 3, false)]
    public void RequireWholeElements_CountedFromTheOrigin_RefusesCutElements(long start, long end, long origin, bool whole)
    {
        var check = () => JobRange.RequireWholeElements(File, new ByteRange(start, end), 8, origin, "f8");

        Assert.Equal(whole, Record.Exception(check) is null);
    }

    private static JobSpec Spec(long? start, long? end) => new("STAT", new Dictionary<string, string>(), [File.Uri.ToString()], start, end);
}
