using Blaze.Storage.Center.Scripts;

namespace Blaze.Storage.Center.Tests.Scripts;

public sealed class CenterScriptLoaderTests
{
    [Fact]
    public void Load_IncludeNamedTwice_ExpandedOnceInPlace()
    {
        var script = Load("go-3", ("go-3", "one\n--- @include a\n--- @include b\nend"), ("includes/a", "A"), ("includes/b", "--- @include a\nB"));
        Assert.Equal(("go", 3), (script.Name, script.KeyCount));
        Assert.Equal(["one", "A", "B", "end"], script.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Load_RarelyNamed_DefinedByOneFunctionBehindTheIncludes()
    {
        var script = Load(
            "go-3",
            ("go-3", "one\n--- @rarely r\n--- @include a\nend"), ("includes/a", "--- @rarely s\nA"), ("includes/r", "--- @include a\n--- @rarely t\nR"), ("includes/s", "S"), ("includes/t", "T"));
        Assert.Equal(
            ["one", "A", "function blaze.rest()", "if blaze.isWhole then return end", "blaze.isWhole = true", "T", "R", "S", "end", "end"],
            script.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Load_RarelyInOnePlaceAndAlwaysInAnother_IsAlwaysThere()
    {
        var script = Load("go-3", ("go-3", "--- @rarely a\n--- @include b\nend"), ("includes/a", "A"), ("includes/b", "--- @include a\nB"));
        Assert.Equal(["A", "B", "end"], script.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("include")]
    [InlineData("rarely")]
    public void Load_CircleOfWhatIsRare_SaysHowItGoes(string directive)
    {
        var error = Assert.Throws<InvalidDataException>(
            () => Load("go-1", ("go-1", "--- @rarely a"), ("includes/a", $"--- @{directive} b"), ("includes/b", "--- @include a")));
        Assert.Contains("go-1 > includes/a > includes/b > includes/a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Circle_SaysHowItGoes()
    {
        var error = Assert.Throws<InvalidDataException>(
            () => Load("go-1", ("go-1", "--- @include a"), ("includes/a", "--- @include b"), ("includes/b", "--- @include a")));
        Assert.Contains("go-1 > includes/a > includes/b > includes/a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingInclude_SaysWhoNamesIt()
    {
        var error = Assert.Throws<InvalidDataException>(() => Load("go-1", ("go-1", "--- @include gone")));
        Assert.Contains("go-1 > includes/gone", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("go")]
    [InlineData("go-")]
    [InlineData("go-x")]
    public void Load_NameWithoutNumberOfKeys_Refused(string file) => Assert.Throws<InvalidDataException>(() => Load(file, (file, "return 1")));

    private static CenterScript Load(string file, params (string Name, string Text)[] files) =>
        new CenterScriptLoader(path => files.FirstOrDefault(one => one.Name + ".lua" == path).Text).Load(file);
}
