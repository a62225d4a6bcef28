using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Core.Tests.Functions;

public sealed class ClusterKeyTests
{
    [Theory]
    [InlineData("000102030405060708090A0B0C0D0E0F")]
    [InlineData(" 000102030405060708090a0b0c0d0e0f\n")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData("AAECAwQFBgcICQoLDA0ODw")]
    public void Parse_AnyForm_IsTheSameKey(string text) =>
        Assert.Equal(ClusterKey.Parse("000102030405060708090a0b0c0d0e0f").Derive("test"), ClusterKey.Parse(text).Derive("test"));

    [Theory]
    [InlineData("")]
    [InlineData("000102030405060708090a0b0c0d0e")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not a key, but a pass phrase!")]
    public void Parse_ShortOrUnreadable_SaysHowToMakeOneAndNothingOfIt(string text)
    {
        var problem = Assert.Throws<BlazeException>(() => ClusterKey.Parse(text));
        Assert.Contains("openssl rand -hex 32", problem.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !problem.ToString().Contains(text, StringComparison.Ordinal));
    }

    /// <summary>The expected digits are those of <c>openssl dgst -sha256 -mac HMAC</c>.</summary>
    [Fact]
    public void Derive_OneKey_GivesItsHmac() => Assert.Equal(
        "2ff80dd96f56ecfce2ada1a489ccc5d2ef4d96cc64062e5b833c073d9a6ffabd",
        Convert.ToHexStringLower(ClusterKey.Parse("000102030405060708090a0b0c0d0e0f").Derive("blaze-peer-v1")));

    [Fact]
    public void ToString_OfKey_ShowsNothing() => Assert.Equal("ClusterKey", ClusterKey.Parse("000102030405060708090a0b0c0d0e0f").ToString());
}
