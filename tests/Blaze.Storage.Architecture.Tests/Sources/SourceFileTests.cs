namespace Blaze.Storage.Architecture.Tests.Sources;

public sealed class SourceFileTests
{
    [Theory]
    [InlineData("a // TODO", "TODO")]
    [InlineData("a /* TODO\n */ b", "TODO")]
    [InlineData("a \"TODO \\\" TODO\" b", "TODO")]
    [InlineData("a @\"TODO \"\" TODO\" b", "TODO")]
    [InlineData("a \"\"\"\n TODO \" TODO\n\"\"\" b", "TODO")]
    public void Code_ProseAroundAWord_LeavesTheWordOut(string text, string word) =>
        Assert.DoesNotContain(word, new SourceFile("x.cs", text).Code, StringComparison.Ordinal);

    [Theory]
    [InlineData("TODO();")]
    [InlineData("'\"'; TODO(); '\"'")]
    [InlineData("\"//\"; TODO();")]
    [InlineData("\"\"; TODO(); \"\"")]
    public void Code_WordInCode_KeepsIt(string text) =>
        Assert.Contains("TODO", new SourceFile("x.cs", text).Code, StringComparison.Ordinal);

    [Fact]
    public void Code_AnyText_KeepsItsLines() =>
        Assert.Equal(3, new SourceFile("x.cs", "a\n/* b\n c */").Code.Split('\n').Length);
}
