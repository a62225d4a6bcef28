using System.Text.RegularExpressions;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.ObjectStores.Sources;

public class SourcePatternTests
{
    [Theory]
    [InlineData("a", "file:///home/u/a", false)]
    [InlineData("./a/../b/", "file:///home/u/b", false)]
    [InlineData("../a", "file:///home/a", false)]
    [InlineData(".", "file:///home/u", false)]
    [InlineData("/x y", "file:///x%20y", false)]
    [InlineData("50%", "file:///home/u/50%25", false)]
    [InlineData("%41", "file:///home/u/%2541", false)]
    [InlineData("a:b", "file:///home/u/a:b", false)]
    [InlineData("two\nlines", "file:///home/u/two%0Alines", false)]
    [InlineData("*.csv", "file:///home/u/*.csv", true)]
    [InlineData("a[0-9]/**/?", "file:///home/u/a[0-9]/**/?", true)]
    [InlineData("a[b", "file:///home/u/a%5Bb", false)]
    [InlineData("a]", "file:///home/u/a%5D", false)]
    [InlineData("[]", "file:///home/u/%5B%5D", false)]
    [InlineData("file:///a%20b/%2A", "file:///a%20b/%2A", false)]
    [InlineData("file:///a b/*", "file:///a%20b/*", true)]
    [InlineData("FILE://localhost/a?", "file:///a?", true)]
    [InlineData("file:///a%ff", "file:///a%FF", false)]
    [InlineData("s3://bucket/a//*", "s3://bucket/a//*", true)]
    [InlineData("s3://bucket", "s3://bucket/", false)]
    public void Parse_OfAText_IsCanonical(string text, string expected, bool isPattern)
    {
        var source = SourcePattern.Parse(text, "/home/u");
        Assert.Equal(expected, source.Text);
        Assert.Equal(isPattern, source.IsPattern);
        Assert.Equal(source, SourcePattern.Parse(source.Text, "/elsewhere"));
    }

    [Fact]
    public void Parse_BelowADirectoryWithPatternCharacters_TakesItAsItIs()
    {
        var source = SourcePattern.Parse("*.bin", "/data [1]/*");
        Assert.Equal("file:///data%20%5B1%5D/%2A/*.bin", source.Text);
        Assert.True(source.Matches(ResourceUri.FromLocalPath("/data [1]/*/x.bin")));
        Assert.False(source.Matches(ResourceUri.FromLocalPath("/data 1/a/x.bin")));
        Assert.Equal(ResourceUri.FromLocalPath("/data [1]/*"), source.Directory);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    [InlineData("a\ufffdb")]
    [InlineData("file:///a%0")]
    [InlineData("file:///a%00")]
    [InlineData("file://host/a")]
    [InlineData("s3:///a")]
    public void Parse_OfWhatNamesNothing_IsInvalidPath(string text)
    {
        var failure = Assert.Throws<ObjectStoreException>(() => SourcePattern.Parse(text, "/"));
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, failure.Kind);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/*.txt", "/a/x.txt", true)]
    [InlineData("/a/*.txt", "/a/.txt", true)]
    [InlineData("/a/*.txt", "/a/b/x.txt", false)]
    [InlineData("/a/*.txt", "/a/x.txt2", false)]
    [InlineData("/a/?", "/a/ü", true)]
    [InlineData("/a/?", "/a/🙂", true)]
    [InlineData("/a/?", "/a/ab", false)]
    [InlineData("/a/[a-c]", "/a/b", true)]
    [InlineData("/a/[a-c]", "/a/d", false)]
    [InlineData("/a/[!a-c]", "/a/d", true)]
    [InlineData("/a/[^a-c]", "/a/b", false)]
    [InlineData("/a/[]a]", "/a/]", true)]
    [InlineData("/a/[a-]", "/a/-", true)]
    [InlineData("/a/[а-я]", "/a/ж", true)]
    [InlineData("/**/x", "/x", true)]
    [InlineData("/**/x", "/a/b/x", true)]
    [InlineData("/a/**/x", "/a/x", true)]
    [InlineData("/a/**/x", "/b/x", false)]
    [InlineData("/a/**", "/a/b/c", true)]
    [InlineData("/a/**", "/a", false)]
    [InlineData("/a/**/**/b/**", "/a/x/b/y/z", true)]
    [InlineData("/a/**b", "/a/xb", true)]
    [InlineData("/a/**b", "/a/x/b", false)]
    [InlineData("/a/*a*a*a*a*a*a*b", "/a/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("/a/x[1]*", "/a/x12", true)]
    [InlineData("/a b/*+", "/a b/c+", true)]
    public void Matches_OfAPath_FollowsThePattern(string pattern, string path, bool expected) =>
        Assert.Equal(expected, SourcePattern.Parse(pattern, "/").Matches(ResourceUri.FromLocalPath(path)));

    [Theory]
    [InlineData("/a/*.txt", "/a", true)]
    [InlineData("/a/*.txt", "/a/b", false)]
    [InlineData("/a/*/c", "/a/b", true)]
    [InlineData("/a/*/c", "/a/b/c", false)]
    [InlineData("/a/**/c", "/a/b/c/d/e", true)]
    [InlineData("/a/**/c", "/b", false)]
    public void MatchesBelow_OfADirectory_TellsWhetherToEnterIt(string pattern, string directory, bool expected) =>
        Assert.Equal(expected, SourcePattern.Parse(pattern, "/").MatchesBelow(ResourceUri.FromLocalPath(directory)));

    [Fact]
    public void Matches_OfRandomPatterns_AgreesWithRegularExpressions()
    {
        var pattern = Gen.Elements("a", "b", "*", "?", "/", "/**/", "[ab]", "[!a]").ListOf().Select(parts => "/r/" + string.Concat(parts));
        var path = Gen.Elements("a", "b", "c", "/").ListOf().Select(parts => "/r/" + string.Concat(parts));
        Prop.ForAll(pattern.ToArbitrary(), path.ToArbitrary(), (glob, text) =>
        {
            var uri = ResourceUri.FromLocalPath(text);
            var canonical = string.Join('/', ("/" + glob).Split('/', StringSplitOptions.RemoveEmptyEntries).Prepend(""));
            return SourcePattern.Parse(glob, "/").Matches(uri) == ReferenceOf(canonical).IsMatch(uri.EncodedPath);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    // A segment of two stars alone takes any number of segments; a last one takes one at least.
    private static Regex ReferenceOf(string glob)
    {
        var segments = glob[1..].Split('/');
        var text = "^";
        for (var index = 0; index < segments.Length; index++)
        {
            if (segments[index] == "**")
                text += index == segments.Length - 1 ? "(/[^/]+)+" : "(/[^/]+)*";
            else
                text += "/" + Regex.Replace(segments[index], @"\*+|\?|\[!", match => match.Value[0] switch { '*' => "[^/]*", '?' => "[^/]", _ => "[^/" });
        }

        return new Regex(text + "$", RegexOptions.CultureInvariant);
    }
}
