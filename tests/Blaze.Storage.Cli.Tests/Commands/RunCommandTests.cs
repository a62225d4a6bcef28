namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class RunCommandTests
{
    private readonly CommandRun _run = new();

    [Fact]
    public async Task RunAsync_JsonAndOtherWords_AreValuesAndTexts()
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("run", "f@2", "1", "[1,2]", "a.txt", "{\"x\":null}"));
        Assert.Equal("""{"operation":"f@2","arguments":[1,[1,2],"a.txt",{"x":null}]}""" + "\n", _run.Results);
        Assert.True(_run.Opened[0].MayEmbed);
    }

    [Fact]
    public async Task RunAsync_Bytes_AreWrittenAsTheyAre()
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("run", "bytes"));
        Assert.Equal("AB", _run.Results);
    }

    [Fact]
    public async Task RunAsync_Resources_AreWhatTheCallTakes()
    {
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("run", "f", "--resource", "memory=1.5Gi", "1", "--resource", "gpu=2"));
        Assert.Equal(ExitCodes.Done, await _run.RunAsync("run", "f"));
        Assert.Equal(["gpu=2,memory=1536Mi", ""], _run.Cluster.CalledWith.Select(resources => resources.ToString()));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("gpu=many")]
    [InlineData("memory=1.5")]
    [InlineData("Gpu=1")]
    public async Task RunAsync_ImpossibleResources_IsBadUsage(string resource)
    {
        Assert.Equal(ExitCodes.BadUsage, await _run.RunAsync("run", "f", "--resource", resource));
        Assert.Contains("--resource", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoName_IsBadUsage() => Assert.Equal(ExitCodes.BadUsage, await _run.RunAsync("run", "Add!", "1"));
}
