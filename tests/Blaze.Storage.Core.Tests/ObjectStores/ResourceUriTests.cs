using Blaze.Storage.Core.ObjectStores;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.ObjectStores;

public class ResourceUriTests
{
    [Theory]
    [InlineData("/a/b c", "file:///a/b%20c")]
    [InlineData("/a+b", "file:///a+b")]
    [InlineData("/50%", "file:///50%25")]
    [InlineData("/ü", "file:///%C3%BC")]
    [InlineData("/a\nb", "file:///a%0Ab")]
    [InlineData("/a?b*c[d]#", "file:///a%3Fb%2Ac%5Bd%5D%23")]
    [InlineData("/", "file:///")]
    [InlineData("/a//b/./c/../d/", "file:///a/b/d")]
    [InlineData("/../..", "file:///")]
    [InlineData("/a/...", "file:///a/...")]
    public void FromLocalPath_OfAPath_IsCanonical(string path, string expected)
    {
        var uri = ResourceUri.FromLocalPath(path);
        Assert.Equal(expected, uri.ToString());
        Assert.Equal(uri, ResourceUri.Parse(expected));
    }

    [Theory]
    [InlineData("FILE:///a", "file:///a")]
    [InlineData("file://localhost/a", "file:///a")]
    [InlineData("file:///%7euser/%41", "file:///~user/A")]
    [InlineData("file:///a b/ü", "file:///a%20b/%C3%BC")]
    [InlineData("file:///a%2fb", "file:///a/b")]
    [InlineData("file:///%ff%FE", "file:///%FF%FE")]
    [InlineData("s3://bucket/a//b/../c/", "s3://bucket/a//b/../c/")]
    [InlineData("s3://bucket", "s3://bucket/")]
    [InlineData("file://", "file:///")]
    [InlineData("hdfs://host:8020/a b", "hdfs://host:8020/a%20b")]
    public void Parse_InAnySpelling_IsCanonical(string text, string expected)
    {
        Assert.Equal(expected, ResourceUri.Parse(text).ToString());
        Assert.Equal(ResourceUri.Parse(expected), ResourceUri.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a:b")]
    [InlineData("://a")]
    [InlineData("3s://a/b")]
    [InlineData("file://host/a")]
    [InlineData("s3:///key")]
    [InlineData("s3://buck et/key")]
    [InlineData("file:///a%")]
    [InlineData("file:///a%4")]
    [InlineData("file:///a%zz")]
    [InlineData("file:///a%00b")]
    public void Parse_OfWhatIsNoLocation_IsInvalidPath(string text)
    {
        Assert.False(ResourceUri.TryParse(text, out _));
        var failure = Assert.Throws<ObjectStoreException>(() => ResourceUri.Parse(text));
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, failure.Kind);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    [InlineData("/a\0b")]
    public void FromLocalPath_OfWhatIsNoPath_IsInvalidPath(string path) =>
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, Assert.Throws<ObjectStoreException>(() => ResourceUri.FromLocalPath(path)).Kind);

    [Fact]
    public void AnyText_WithHalfACharacter_IsInvalidPath()
    {
        // The compiler does not keep such text in an attribute.
        var half = "a" + "\ud83d\ude42"[..1];
        Assert.False(ResourceUri.TryParse("file:///" + half, out _));
        Assert.Throws<ObjectStoreException>(() => ResourceUri.FromLocalPath("/" + half));
        Assert.Throws<ObjectStoreException>(() => ResourceUri.Parse("file:///a").Append(half));
        Assert.Throws<ObjectStoreException>(() => Core.ObjectStores.Sources.SourcePattern.Parse(half, "/"));
    }

    [Fact]
    public void PathBytes_OfAnyBytes_RoundTrip() => Prop.ForAll<byte[]>(bytes =>
    {
        byte[] path = [(byte)'/', .. bytes.Select(value => value == 0 ? (byte)1 : value)];
        var uri = ResourceUri.Create("s3", "bucket", path);
        return path.SequenceEqual(uri.PathBytes()) && ResourceUri.Parse(uri.ToString()) == uri && uri.ToString().All(char.IsAscii);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Create_OfDifferentPaths_IsDifferent() => Prop.ForAll<byte[], byte[]>((first, second) =>
        first.Contains((byte)0) || second.Contains((byte)0)
        || first.SequenceEqual(second) == (Create(first) == Create(second))).QuickCheckThrowOnFailure();

    [Fact]
    public void Append_OfAName_IsPlainText()
    {
        var root = ResourceUri.Parse("file:///a");
        Assert.Equal("file:///a/b%20%25/c", root.Append("b %/c").ToString());
        Assert.Equal("file:///a/%FF", root.Append([0xff]).ToString());
        Assert.Equal("file:///b", ResourceUri.Parse("file:///").Append("b").ToString());
        Assert.Equal("c d", root.Append("b/c d").Name);
    }

    [Fact]
    public void Display_OfALocation_IsOnePlainLine()
    {
        Assert.Equal("/a b/ü", ResourceUri.FromLocalPath("/a b/ü").Display);
        Assert.Equal("file:///a%0Ab", ResourceUri.FromLocalPath("/a\nb").Display);
        Assert.Equal("file:///%FF", ResourceUri.Parse("file:///%FF").Display);
        Assert.Equal("s3://b/a%20b", ResourceUri.Parse("s3://b/a b").Display);
    }

    [Fact]
    public void Hash_OfAnInfo_DependsOnLocationAndVersion()
    {
        var uri = ResourceUri.Parse("file:///a");
        var hash = new ResourceInfo(uri, 1, "v").Hash;
        Assert.Equal(hash, new ResourceInfo(ResourceUri.FromLocalPath("/a"), 2, "v").Hash);
        Assert.NotEqual(hash, new ResourceInfo(uri, 1, "w").Hash);
        Assert.NotEqual(hash, new ResourceInfo(ResourceUri.Parse("file:///b"), 1, "v").Hash);
    }

    private static ResourceUri Create(byte[] path) => ResourceUri.Create("s3", "bucket", [(byte)'/', .. path]);
}
