using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Core.Tests.Functions;

public sealed class OperationNameTests
{
    [Theory]
    [InlineData("add", "add", 1)]
    [InlineData("word-count2@17", "word-count2", 17)]
    public void Parse_Name_IsReadAndWrittenBack(string text, string name, int version)
    {
        var parsed = OperationName.Parse(text);
        Assert.Equal(new OperationName(name, version), parsed);
        Assert.Equal(text, parsed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("@2")]
    [InlineData("Add")]
    [InlineData("add@")]
    [InlineData("add@1")]
    [InlineData("add@02")]
    [InlineData("add@-2")]
    [InlineData("add@99999999999")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_NoName_IsRefused(string text) =>
        Assert.Equal(FunctionErrorKind.InvalidName, Assert.Throws<FunctionException>(() => OperationName.Parse(text)).Kind);

    [Fact]
    public void Of_VersionBelowOne_IsRefused() => Assert.Throws<FunctionException>(() => OperationName.Of("add", 0));
}
