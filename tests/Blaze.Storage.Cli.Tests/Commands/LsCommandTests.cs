namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class LsCommandTests
{
    [Fact]
    public async Task RunAsync_OfSeveralSources_ListsThemInOrder()
    {
        var run = new CommandRun();
        run.Files["file:///here/a"] = ["file:///here/a/x", "file:///here/a/y%20z"];
        run.Files["memory://any/*"] = ["memory://any/1"];
        Assert.Equal(ExitCodes.Done, await run.RunAsync("ls", "a", "memory://any/*"));
        Assert.Equal("     1 B  /here/a/x\n     1 B  /here/a/y z\n     1 B  memory://any/1\n", run.Results);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task RunAsync_WithVersions_ShowsThem()
    {
        var run = new CommandRun();
        run.Files["memory://any/a"] = ["memory://any/a"];
        Assert.Equal(ExitCodes.Done, await run.RunAsync("ls", "--versions", "memory://any/a"));
        Assert.Equal("     1 B  v1  memory://any/a\n", run.Results);
    }

    [Fact]
    public async Task RunAsync_Json_IsAnObjectPerLine()
    {
        var run = new CommandRun();
        run.Files["memory://any/d/"] = ["memory://any/d/%C3%A9", "memory://any/d/b"];
        Assert.Equal(ExitCodes.Done, await run.RunAsync("ls", "--json", "memory://any/d/"));
        Assert.Equal(
            """
            {"uri":"memory://any/d/%C3%A9","length":1,"version":"v1"}
            {"uri":"memory://any/d/b","length":1,"version":"v1"}

            """,
            run.Results);
    }

    [Fact]
    public async Task RunAsync_WithAMissingSource_SaysSoAndListsTheOthers()
    {
        var run = new CommandRun();
        run.Files["file:///here/b"] = ["file:///here/b"];
        Assert.Equal(ExitCodes.Failed, await run.RunAsync("ls", "a", "b"));
        Assert.Equal("     1 B  /here/b\n", run.Results);
        Assert.Equal("blaze: There is no 'file:///here/a'.\n", run.Error);
    }

    [Fact]
    public async Task RunAsync_OnATerminal_EndsWithTheTotals()
    {
        var run = new CommandRun(live: true);
        run.Files["file:///here/a"] = [.. Enumerable.Range(0, 2000).Select(index => $"file:///here/a/{index}")];
        Assert.Equal(ExitCodes.Done, await run.RunAsync("ls", "a"));
        Assert.Equal(2000, run.Results.Count(c => c == '\n'));
        Assert.Equal("blaze: 2000 files, 1.95 KiB\n", run.Error);
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("ls", "--nope", "a")]
    public async Task RunAsync_WithAWrongLine_IsBadUsage(params string[] arguments)
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.BadUsage, await run.RunAsync(arguments));
        Assert.Empty(run.Results);
    }

    [Fact]
    public async Task RunAsync_Help_Teaches()
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.Done, await run.RunAsync("ls", "--help"));
        Assert.Contains("blaze ls --versions", run.Help, StringComparison.Ordinal);
    }
}
