using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

public sealed class S3KeyTests(S3Fixture fixture) : S3Test(fixture)
{
    public static TheoryData<string> Keys => new(
        "/a", "//a", "a//b", "a/", "a//", "/", "a/./b", "a/../b", "../x", "./x", "a/..", ".", "..", "a/%2E%2E/b", "%2e", "+", " ", "a+b%2Bc d",
        "q?x=1&y#z", "new\nline\u0007", "\u00e9\u6f22\U0001f642/", new string('k', 1024), string.Concat(Enumerable.Repeat("\u6f22", 341)) + "x",
        "/" + new string('/', 1023));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Key_OfAnySpelling_IsKeptThroughEveryCall(string key)
    {
        var bucket = await Server.NewBucketAsync(Token);
        var uri = S3Location.UriOf(bucket, key);
        var copy = S3Location.UriOf(bucket, key.Length > 300 ? "copy" : key + "copy");
        Assert.Equal(uri, ResourceUri.Parse(uri.ToString()));
        var put = await Store.PutAsync(uri, Bytes(100), PutMode.Create, Token);
        Assert.Equal(put, await Store.StatAsync(uri, Token));
        Assert.Equal(Bytes(100), await Store.GetAsync(uri, put.Version, Token));
        Assert.Equal([put], await ListedAsync(ResourceUri.Parse($"s3://{bucket}/")));
        await Store.CopyIfAbsentAsync(uri, copy, Token);
        Assert.Equal(Bytes(100), await Store.GetAsync(copy, null, Token));
        await Store.PutAsync(uri, Bytes(50), PutMode.Update(put.Version), Token);
        await using (var upload = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token))
        {
            await upload.PutPartAsync(0, Bytes(10), Token);
            upload.Leave();
            await using var resumed = await Store.ResumeMultipartAsync(uri, upload.Id, PutMode.Overwrite, Token);
            await resumed.CompleteAsync(Token);
        }

        Assert.Equal(Bytes(10), await Store.GetAsync(uri, null, Token));
        Assert.True(await Store.DeleteAsync(uri, Token));
        Assert.Equal([copy], (await ListedAsync(ResourceUri.Parse($"s3://{bucket}/"))).Select(info => info.Uri));
    }

    [Fact]
    public async Task Keys_ThatDifferInSlashesAndDots_AreDifferentObjects()
    {
        var bucket = await Server.NewBucketAsync(Token);
        string[] keys = ["a", "/a", "//a", "a/", "./a", "../a", "x/../a", "b/a", "b//a", "b/./a"];
        foreach (var key in keys)
            await Store.PutAsync(S3Location.UriOf(bucket, key), System.Text.Encoding.UTF8.GetBytes(key), PutMode.Create, Token);
        foreach (var key in keys)
            Assert.Equal(key, System.Text.Encoding.UTF8.GetString(await Store.GetAsync(S3Location.UriOf(bucket, key), null, Token)));
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await ListedAsync(ResourceUri.Parse($"s3://{bucket}"))).Select(info => S3Location.Of(info.Uri).Key));
    }

    [Fact]
    public async Task List_BelowALocationWithASlash_LeavesOutTheObjectThere()
    {
        var bucket = await Server.NewBucketAsync(Token);
        foreach (var key in (string[])["d", "d/", "d/x", "d//y", "dx"])
            await Store.PutAsync(S3Location.UriOf(bucket, key), Bytes(1), Token);
        Assert.Equal(["d/", "d//y", "d/x"], (await ListedAsync(S3Location.UriOf(bucket, "d"))).Select(info => S3Location.Of(info.Uri).Key));
        Assert.Equal(["d//y", "d/x"], (await ListedAsync(S3Location.UriOf(bucket, "d/"))).Select(info => S3Location.Of(info.Uri).Key));
        Assert.Equal(["d//y"], (await ListedAsync(S3Location.UriOf(bucket, "d//"))).Select(info => S3Location.Of(info.Uri).Key));
    }

    [Theory]
    [InlineData("s3://bucket")]
    [InlineData("s3://bucket/")]
    [InlineData("s3://bucket/%FF")]
    [InlineData("s3://bucket/%C3%28")]
    [InlineData("file:///a")]
    public async Task Location_OfNoObject_IsInvalidPath(string text)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.StatAsync(ResourceUri.Parse(text), Token));
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, failure.Kind);
    }

    [Fact]
    public async Task Location_WithAKeyTooLong_IsInvalidPathBeforeAnythingIsSent()
    {
        using var nowhere = new S3Store(new S3Options { Endpoint = new Uri("http://127.0.0.1:1") });
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => nowhere.StatAsync(ResourceUri.Parse("s3://bucket/" + new string('x', 1025)), Token));
        Assert.Equal(ObjectStoreErrorKind.InvalidPath, failure.Kind);
        Assert.Contains("1025 bytes", failure.Message, StringComparison.Ordinal);
    }
}
