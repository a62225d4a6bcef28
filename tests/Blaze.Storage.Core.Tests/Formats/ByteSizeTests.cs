using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Tests.Formats;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("65536", 65536)]
    [InlineData("64Ki", 65536)]
    [InlineData("1mi", 1048576)]
    [InlineData("3Gi", 3221225472)]
    [InlineData("8388607Ti", 9223370937343148032)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void TryParse_Size_GivesBytes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ki")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5Ki")]
    [InlineData("1 Ki")]
    [InlineData("1KB")]
    [InlineData("8388608Ti")]
    [InlineData("9223372036854775808")]
    public void TryParse_AnythingElse_Fails(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
