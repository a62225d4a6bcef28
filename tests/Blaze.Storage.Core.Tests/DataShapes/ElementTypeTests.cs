using Blaze.Storage.Core.DataShapes;

namespace Blaze.Storage.Core.Tests.DataShapes;

public sealed class ElementTypeTests
{
    [Theory]
    [InlineData("f8", "f8", "<f8", "f8")]
    [InlineData("<f8", "f8", "<f8", "f8")]
    [InlineData("=i4", "i4", "<i4", "i4")]
    [InlineData(">f8", "f8be", ">f8", ">f8")]
    [InlineData(">u2", "u2be", ">u2", ">u2")]
    [InlineData("|u1", "u1", "|u1", "u1")]
    [InlineData(">i1", "i1", "|i1", "i1")]
    public void Parse_KnownType_HasItsForms(string text, string token, string descr, string shown)
    {
        var type = ElementType.Parse(text);
        Assert.Equal((token, descr, shown), (type.Token, type.Descr, type.ToString()));
        Assert.Equal(type, ElementType.Parse(type.ToString()));
        Assert.Equal(type, ElementType.Parse(type.Descr));
    }

    [Theory]
    [InlineData("")]
    [InlineData("f")]
    [InlineData("f2")]
    [InlineData("f16")]
    [InlineData("u3")]
    [InlineData("c8")]
    [InlineData("F8")]
    [InlineData(">>f8")]
    [InlineData("|f8")]
    [InlineData("f8 ")]
    [InlineData("float64")]
    public void Parse_AnythingElse_ThrowsAndListsTheTypes(string text)
    {
        var exception = Assert.Throws<BlazeException>(() => ElementType.Parse(text));
        Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("u1 u2 u4 u8 i1 i2 i4 i8 f4 f8", exception.Message, StringComparison.Ordinal);
    }
}
