using Blaze.Storage.Cli.Commands.Parsing;

namespace Blaze.Storage.Cli.Tests.Commands;

public sealed class AskedRangeTests
{
    [Theory]
    [InlineData(":", null, null)]
    [InlineData("0:", 0L, null)]
    [InlineData(":0", null, 0L)]
    [InlineData("0:0", 0L, 0L)]
    [InlineData("5:5", 5L, 5L)]
    [InlineData("10:20", 10L, 20L)]
    [InlineData("64Ki:", 65536L, null)]
    [InlineData(":64Ki", null, 65536L)]
    [InlineData("1Ki:1.5Ki", 1024L, 1536L)]
    [InlineData("0:9223372036854775807", 0L, long.MaxValue)]
    [InlineData("1023:1Ki", 1023L, 1024L)]
    public void TryParse_Range_HasItsEnds(string text, long? start, long? end)
    {
        Assert.True(AskedRange.TryParse(text, out var range, out var problem), problem);
        Assert.Equal(new AskedRange(start, end), range);
    }

    [Theory]
    [InlineData("", "not START:END")]
    [InlineData("10", "not START:END")]
    [InlineData("1:2:3", "not START:END")]
    [InlineData("::", "not START:END")]
    [InlineData("10-20", "not START:END")]
    [InlineData("10..20", "not START:END")]
    [InlineData("20:10", "starts after its end")]
    [InlineData("1Ki:1023", "starts after its end")]
    [InlineData("-1:5", "The start '-1'")]
    [InlineData("5:-1", "The end '-1'")]
    [InlineData("a:5", "The start 'a'")]
    [InlineData("5:b", "The end 'b'")]
    [InlineData("5: ", "The end ' '")]
    [InlineData("1.5:2", "not a whole number")]
    [InlineData("0:8388608Ti", "too large")]
    [InlineData("0:1KiB", "not a byte count")]
    public void TryParse_NoRange_SaysWhyNotInOneSentence(string text, string expected)
    {
        Assert.False(AskedRange.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }
}
