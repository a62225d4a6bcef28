using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Client.Tests;

public sealed class JobSpecCheckTests
{
    [Theory]
    [InlineData("HIST", "", 1, null, null, 0)]
    [InlineData("hist", "n=2", 3, 10L, 10L, -100)]
    [InlineData("ENT", "window=4096", 1, 0L, null, 100)]
    [InlineData("DIFF", "", 2, null, 5L, 0)]
    [InlineData("STAT", "dtype=>f8", 1, null, null, 0)]
    [InlineData("STAT", "", 1, null, null, 0)]
    public void Check_GoodQuestion_Passes(string op, string parameters, int sources, long? start, long? end, int priority) =>
        JobSpecCheck.Check(Spec(op, parameters, sources, start, end), priority);

    [Theory]
    [InlineData("SORT", "", 1, null, null, 0, "SORT")]
    [InlineData("HIST", "n=3", 1, null, null, 0, "3")]
    [InlineData("HIST", "n=x", 1, null, null, 0, "n='x'")]
    [InlineData("HIST", "m=1", 1, null, null, 0, "'m'")]
    [InlineData("ENT", "window=1000", 1, null, null, 0, "1000")]
    [InlineData("STAT", "dtype=f2", 1, null, null, 0, "f2")]
    [InlineData("STAT", "phase=8", 1, null, null, 0, "phase")]
    [InlineData("HIST", "", 0, null, null, 0, "no source")]
    [InlineData("DIFF", "", 1, null, null, 0, "exactly two")]
    [InlineData("DIFF", "", 3, null, null, 0, "exactly two")]
    [InlineData("HIST", "", 1, 11L, 10L, 0, "11:10")]
    [InlineData("HIST", "", 1, -1L, null, 0, "negative")]
    [InlineData("HIST", "", 1, null, -1L, 0, "negative")]
    [InlineData("HIST", "", 1, null, null, 101, "priority")]
    public void Check_BadQuestion_SaysWhy(string op, string parameters, int sources, long? start, long? end, int priority, string expected)
    {
        var problem = Assert.Throws<BlazeException>(() => JobSpecCheck.Check(Spec(op, parameters, sources, start, end), priority));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EmptySource_SaysWhy() =>
        Assert.Contains("empty", Assert.Throws<BlazeException>(() => JobSpecCheck.Check(Spec("HIST", "", 1, null, null) with { Sources = [" "] }, 0)).Message, StringComparison.Ordinal);

    private static JobSpec Spec(string op, string parameters, int sources, long? start, long? end) => new(
        op,
        parameters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
        [.. Enumerable.Range(0, sources).Select(index => $"file:///data/{index}")],
        start,
        end);
}
