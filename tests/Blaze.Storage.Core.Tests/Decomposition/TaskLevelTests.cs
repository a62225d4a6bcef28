using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Core.Tests.Decomposition;

public sealed class TaskLevelTests
{
    [Theory]
    [InlineData(0, 2, 1, 0)]
    [InlineData(1L << 20, 2, 1, 0)]
    [InlineData(64L << 20, 2, 1, 1)]
    [InlineData(2L << 30, 2, 1, 2)]
    [InlineData(2L << 30, 64, 1, 1)]
    [InlineData(1L << 40, 2, 1, 3)]
    [InlineData(1L << 50, 2, 1, 4)]
    [InlineData(2L << 30, 2, 2, 2)]
    public void For_SizeSlotsAndOperation_GivesTheDocumentedLevel(long bytes, int slots, int n, int expected)
    {
        Assert.Equal(expected, TaskLevel.For(bytes, slots, new HistogramOperation(n), isRemote: false));
    }

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(255L << 20, 2, 1)]
    [InlineData(256L << 20, 2, 2)]
    [InlineData(256L << 20, 8, 1)]
    [InlineData(1L << 30, 2, 2)]
    [InlineData(1L << 40, 2, 3)]
    public void For_Remote_GivesFewerAndLargerTasks(long bytes, int slots, int expected) =>
        Assert.Equal(expected, TaskLevel.For(bytes, slots, new HistogramOperation(1), isRemote: true));
}
