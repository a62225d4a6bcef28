using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class LastLinesTests
{
    [Fact]
    public void ToString_ColouredBanner_KeepsTheWordsAlone()
    {
        var sut = new LastLines(4);
        foreach (var line in new[] { "\e[31m    _________", "   /_||___||_\\      \e[0mGarnet 2.2.5\e[31m", "", "\e[0m", "* Ready" })
            sut.Add(line);

        Assert.Equal(@"it printed: /_||___||_\      Garnet 2.2.5 | * Ready", sut.ToString());
    }

    [Fact]
    public void ToString_MoreLinesThanItKeeps_HasTheLast()
    {
        var sut = new LastLines(2);
        foreach (var line in new[] { "a", "b", "c" })
            sut.Add(line);

        Assert.Equal("it printed: b | c", sut.ToString());
    }
}
