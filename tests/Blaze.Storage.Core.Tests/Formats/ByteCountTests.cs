using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Tests.Formats;

public sealed class ByteCountTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("007", 7)]
    [InlineData("4096", 4096)]
    [InlineData("1Ki", 1024)]
    [InlineData("64Ki", 65536)]
    [InlineData("64ki", 65536)]
    [InlineData("1Mi", 1048576)]
    [InlineData("1Gi", 1073741824)]
    [InlineData("1Ti", 1099511627776)]
    [InlineData("0Ti", 0)]
    [InlineData("1.5Gi", 1610612736)]
    [InlineData("0.5Ki", 512)]
    [InlineData("0.25Mi", 262144)]
    [InlineData("1.50Ki", 1536)]
    [InlineData("2.0", 2)]
    [InlineData("0.0009765625Ki", 1)]
    [InlineData("0.0000000000009094947017729282379150390625Ti", 1)]
    [InlineData("8388607Ti", 9223370937343148032)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9007199254740991.9990234375Ki", long.MaxValue)]
    [InlineData("00000000000000000000000000001", 1)]
    public void TryParse_ByteCount_IsThatManyBytes(string text, long expected)
    {
        Assert.True(ByteCount.TryParse(text, out var bytes, out var problem), problem);
        Assert.Equal(expected, bytes);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("", "not a byte count")]
    [InlineData(" ", "not a byte count")]
    [InlineData(" 1", "not a byte count")]
    [InlineData("1 ", "not a byte count")]
    [InlineData("Ki", "not a byte count")]
    [InlineData("1K", "not a byte count")]
    [InlineData("1KB", "not a byte count")]
    [InlineData("1KiB", "not a byte count")]
    [InlineData("1Pi", "not a byte count")]
    [InlineData("1 Ki", "not a byte count")]
    [InlineData("1_000", "not a byte count")]
    [InlineData("1,000", "not a byte count")]
    [InlineData("1e6", "not a byte count")]
    [InlineData("0x10", "not a byte count")]
    [InlineData("+5", "not a byte count")]
    [InlineData("five", "not a byte count")]
    [InlineData("NaN", "not a byte count")]
    [InlineData(".5Ki", "not a byte count")]
    [InlineData("5.Ki", "not a byte count")]
    [InlineData("1.2.3Ki", "not a byte count")]
    [InlineData("1.-5Ki", "not a byte count")]
    [InlineData("KiKi", "not a byte count")]
    [InlineData("٣", "not a byte count")]
    [InlineData("-1", "negative")]
    [InlineData("-1Ki", "negative")]
    [InlineData("-", "negative")]
    [InlineData("1.5", "not a whole number")]
    [InlineData("0.0005Ki", "not a whole number")]
    [InlineData("0.00000000000000000000000000000000000000000000000001Ti", "not a whole number")]
    [InlineData("9223372036854775808", "too large")]
    [InlineData("8388608Ti", "too large")]
    [InlineData("99999999999999999999999999", "too large")]
    [InlineData("9007199254740992Ki", "too large")]
    public void TryParse_AnythingElse_SaysWhyNot(string text, string expected)
    {
        Assert.False(ByteCount.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
