using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

public sealed class ClusterLocatorTests : IDisposable
{
    private const string Option = "redis://:a@option:1/default";
    private const string Variable = "redis://:b@variable:2/default";
    private const string Running = "redis://:c@running:3/default";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Option, Variable, true, Option, CenterOrigin.Option)]
    [InlineData(Option, null, false, Option, CenterOrigin.Option)]
    [InlineData(null, Variable, true, Variable, CenterOrigin.Variable)]
    [InlineData("", Variable, true, Variable, CenterOrigin.Variable)]
    [InlineData(null, null, true, Running, CenterOrigin.RunningCluster)]
    [InlineData(null, "", true, Running, CenterOrigin.RunningCluster)]
    internal void Locate_WithSeveral_TakesTheMostExplicit(string? option, string? variable, bool runs, string expected, CenterOrigin origin)
    {
        var run = RunFolder.OpenAt(_folder["run"]);
        if (runs)
            run.Write(new ClusterRecord(Running, ProcessIdentity.Current, 1, DateTimeOffset.UnixEpoch));
        Assert.Equal(new LocatedCenter(CenterAddress.Parse(expected), origin), ClusterLocator.Locate(option, variable, () => run));
    }

    [Fact]
    public void Locate_WithNone_GivesNone() =>
        Assert.Null(ClusterLocator.Locate(null, null, () => RunFolder.OpenAt(_folder["run"])));

    [Fact]
    public void Locate_OptionGiven_DoesNotTouchTheRunFolder() =>
        Assert.NotNull(ClusterLocator.Locate(Option, null, () => throw new InvalidOperationException("opened")));

    [Fact]
    public void OfFile_AFileWithAnAddress_GivesItWithoutTheLineEnd()
    {
        File.WriteAllText(_folder["center"], Variable + "\n");
        Assert.Equal(Variable, ClusterLocator.OfFile(_folder["center"]));
        Assert.Null(ClusterLocator.OfFile(""));
        Assert.Contains(_folder["none"], Assert.Throws<ClusterException>(() => ClusterLocator.OfFile(_folder["none"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_MalformedAddress_Throws() =>
        Assert.Throws<CenterException>(() => ClusterLocator.Locate("nonsense", null, () => RunFolder.OpenAt(_folder["run"])));
}
