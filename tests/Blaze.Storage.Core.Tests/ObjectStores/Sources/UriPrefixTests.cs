using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Core.Tests.ObjectStores.Sources;

public sealed class UriPrefixTests
{
    [Theory]
    [InlineData("s3://b", "s3://b/", true)]
    [InlineData("s3://b", "s3://b/any/key", true)]
    [InlineData("s3://b", "s3://b2/key", false)]
    [InlineData("s3://b/logs", "s3://b/logs", true)]
    [InlineData("s3://b/logs", "s3://b/logs/2026/a", true)]
    [InlineData("s3://b/logs", "s3://b/logs/", true)]
    [InlineData("s3://b/logs", "s3://b/logs2/a", false)]
    [InlineData("s3://b/logs", "s3://b/Logs/a", false)]
    [InlineData("s3://b/logs", "s3://b/%6Cogs/a", true)]
    [InlineData("s3://b/logs", "s3://b/logs%2Fa", true)]
    [InlineData("s3://b/logs", "s3://b/logs/../other", false)]
    [InlineData("s3://b/logs", "s3://b/logs/%2e%2E/other", false)]
    [InlineData("s3://b/logs", "s3://b/logs/./a", false)]
    [InlineData("s3://b/logs", "s3://b/logs//a", false)]
    [InlineData("s3://b/logs", "s3://b//logs/a", false)]
    [InlineData("s3://b/logs/", "s3://b/logs", false)]
    [InlineData("s3://b/logs/", "s3://b/logs/a", true)]
    [InlineData("file:///data", "file:///data/../etc/passwd", false)]
    [InlineData("file:///data", "file:///data/x/../a", true)]
    [InlineData("file:///data", "file:///database", false)]
    [InlineData("file:///data/", "file:///data/a", true)]
    [InlineData("file:///", "file:///etc/passwd", true)]
    [InlineData("file:///", "s3://b/etc", false)]
    [InlineData("hdfs://prod/a", "webhdfs://prod/a/b", false)]
    [InlineData("hdfs://prod/a", "hdfs://prod:9870/a/b", false)]
    public void Contains_OfALocation_EndsAtSegments(string prefix, string uri, bool expected) =>
        Assert.Equal(expected, UriPrefix.Parse(prefix).Contains(ResourceUri.Parse(uri)));

    [Theory]
    [InlineData("s3://b/logs", "s3://b/logs/*", true)]
    [InlineData("s3://b/logs", "s3://b/logs/**/x", true)]
    [InlineData("s3://b/logs/", "s3://b/logs/*.bin", true)]
    [InlineData("s3://b/logs", "s3://b/log*", false)]
    [InlineData("s3://b/logs", "s3://b/log?/a", false)]
    [InlineData("s3://b/logs", "s3://b/*/a", false)]
    [InlineData("s3://b/logs", "s3://b/logs/%2A", true)]
    [InlineData("s3://b/logs", "s3://b/logs/a/../[x]", false)]
    [InlineData("file:///data", "/data/*", true)]
    [InlineData("file:///data", "/data/../*", false)]
    [InlineData("file:///data", "/data", true)]
    public void Contains_OfASource_HoldsForAllItCanStandFor(string prefix, string source, bool expected) =>
        Assert.Equal(expected, UriPrefix.Parse(prefix).Contains(SourcePattern.Parse(source, "/")));

    [Theory]
    [InlineData("s3://b/../a")]
    [InlineData("s3://b/a/./c")]
    [InlineData("s3://b/a//c")]
    [InlineData("s3:///a")]
    [InlineData("/data")]
    [InlineData("s3://")]
    [InlineData("")]
    public void Parse_OfWhatIsNoPrefix_IsRefused(string text) => Assert.Throws<ObjectStoreException>(() => UriPrefix.Parse(text));

    [Theory]
    [InlineData("file:///", "file:///data", "file:///data")]
    [InlineData("file:///data/a", "file:///data", "file:///data/a")]
    [InlineData("file:///data", "file:///other", null)]
    [InlineData("file:///data", "file:///data-2", null)]
    public void Intersect_OfTwo_IsTheDeeperOneOrNone(string one, string other, string? expected) =>
        Assert.Equal(expected, UriPrefix.Parse(one).Intersect(UriPrefix.Parse(other))?.ToString());
}
