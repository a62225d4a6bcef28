using Amazon.S3;
using Amazon.S3.Model;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

/// <summary>Buckets that keep old versions.</summary>
public sealed class S3VersionedBucketTests(S3Fixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task Version_OfAnObject_IsTheSameInEveryAnswer()
    {
        var uri = await NewUriAsync();
        var put = await Store.PutAsync(uri, Bytes(10), Token);
        Assert.Equal(put, await Store.StatAsync(uri, Token));
        Assert.Equal([put], await ListedAsync(ResourceUri.Parse($"s3://{uri.Authority}")));
    }

    [Fact]
    public async Task Update_WhereTheServerCannotUpdateConditionally_SaysSoAndChangesNothing()
    {
        var uri = await NewUriAsync();
        var put = await Store.PutAsync(uri, Bytes(10), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync(uri, Bytes(11), PutMode.Update(put.Version), Token));
        Assert.Equal(ObjectStoreErrorKind.Unsupported, failure.Kind);
        Assert.Equal(Bytes(10), await Store.GetAsync(uri, put.Version, Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_AfterTheObjectWasReplacedOrRemoved_StaysWithTheVersionBegun(bool remove)
    {
        var uri = await NewUriAsync();
        var first = await Store.PutAsync(uri, Bytes(100, 1), Token);
        using var reader = await Store.OpenAsync(uri, first.Version, Token);
        var buffer = new byte[100];
        Assert.Equal(50, await reader.ReadAsync(0, buffer.AsMemory(0, 50), Token));
        if (remove)
            await Store.DeleteAsync(uri, Token);
        else
            await Store.PutAsync(uri, Bytes(100, 2), Token);
        Assert.Equal(50, await reader.ReadAsync(50, buffer.AsMemory(50), Token));
        Assert.Equal(Bytes(100, 1), buffer);
        await reader.VerifyAsync(Token);
        using var late = await Store.OpenAsync(uri, first.Version, Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => late.ReadAsync(0, buffer, Token).AsTask());
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
    }

    [Fact]
    public async Task Create_WhereTheObjectWasRemoved_Works()
    {
        var uri = await NewUriAsync();
        await Store.PutAsync(uri, Bytes(10), PutMode.Create, Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync(uri, Bytes(30), PutMode.Create, Token));
        Assert.Equal(ObjectStoreErrorKind.AlreadyExists, failure.Kind);
        Assert.True(await Store.DeleteAsync(uri, Token));
        Assert.False(await Store.DeleteAsync(uri, Token));
        await Store.PutAsync(uri, Bytes(20), PutMode.Create, Token);
        Assert.Equal(Bytes(20), await Store.GetAsync(uri, null, Token));
    }

    private async Task<ResourceUri> NewUriAsync()
    {
        var uri = await NewUriAsync("a");
        await Raw.PutBucketVersioningAsync(
            new PutBucketVersioningRequest { BucketName = uri.Authority, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Token);
        return uri;
    }
}
