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
    public async Task RunAsync_NoName_IsBadUsage() => Assert.Equal(ExitCodes.BadUsage, await _run.RunAsync("run", "Add!", "1"));
}
