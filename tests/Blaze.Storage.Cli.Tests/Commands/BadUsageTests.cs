namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class BadUsageTests
{
    [Theory]
    [InlineData("hist", "SOURCE|hist")]
    [InlineData("ent", "ent")]
    [InlineData("diff", "diff")]
    [InlineData("diff a", "diff")]
    [InlineData("diff a b c", "'c'")]
    [InlineData("diff a b --each", "--each")]
    [InlineData("diff --each a b", "no option '--each'")]
    [InlineData("hist a --n 3", "n=1 or n=2")]
    [InlineData("hist a --n 0", "n=1 or n=2")]
    [InlineData("hist a --n x", "whole number")]
    [InlineData("hist a --n", "--n")]
    [InlineData("hist a --n 1 --n 2", "--n")]
    [InlineData("hist a --range 20:10", "starts after its end")]
    [InlineData("hist a --range 10", "START:END")]
    [InlineData("hist a --range -5:10", "negative")]
    [InlineData("hist a --range 0:1KiB", "byte count")]
    [InlineData("hist a --range", "--range")]
    [InlineData("hist a --window 64Ki", "--window")]
    [InlineData("ent a --window 1000", "power of two")]
    [InlineData("ent a --window 512", "power of two")]
    [InlineData("ent a --window 512Mi", "power of two")]
    [InlineData("ent a --window 0", "power of two")]
    [InlineData("ent a --window big", "byte count")]
    [InlineData("ent a --window -1", "negative")]
    [InlineData("stat a --dtype f2", "dtype")]
    [InlineData("stat a --dtype double", "dtype")]
    [InlineData("stat a --dtype |f8", "dtype")]
    [InlineData("stat a --dtype", "--dtype")]
    [InlineData("hist a --slots 0", "slots")]
    [InlineData("hist a --slots -1", "slots")]
    [InlineData("hist a --slots 99999", "slots")]
    [InlineData("hist a --slots two", "slots")]
    [InlineData("hist a --center http://x", "address of the center")]
    [InlineData("hist a --center nonsense", "address of the center")]
    [InlineData("hist a --center redis://", "address of the center")]
    [InlineData("hist a --cache /x --no-cache", "exclude each other")]
    [InlineData("hist a --verbos", "--verbos")]
    [InlineData("hist a --jsn", "--jsn")]
    [InlineData("hist --json -x", "'-x'")]
    [InlineData("hist http:///x", "http")]
    [InlineData("hist file://host/x", "host")]
    [InlineData("hist file:///%zz", "%")]
    [InlineData("hist \ufffd", "UTF-8")]
    [InlineData("job", "job")]
    [InlineData("job a b", "'b'")]
    [InlineData("cancel", "cancel")]
    [InlineData("keys", "keys")]
    [InlineData("jobs extra", "'extra'")]
    [InlineData("workers --slots 2", "--slots")]
    [InlineData("jobs --cache /x", "--cache")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("", "")]
    public async Task RunAsync_BadUsage_IsTwoWithASentenceAndNothingStarted(string line, string expected)
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.BadUsage, await run.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(run.Opened);
        Assert.Empty(run.Results);
        Assert.Contains(expected.Split('|'), part => run.Error.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public async Task RunAsync_SourceThatCanBeNone_IsBadUsage(string source)
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.BadUsage, await run.RunAsync("hist", source));
        Assert.Empty(run.Opened);
    }

    [Fact]
    public async Task RunAsync_EmptyPrefix_IsBadUsage()
    {
        var run = new CommandRun();
        Assert.Equal(ExitCodes.BadUsage, await run.RunAsync("keys", ""));
        Assert.Empty(run.Opened);
    }
}
