using Amazon.S3.Model;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

public sealed class S3WritingTests(S3Fixture fixture) : S3Test(fixture)
{
    private const int SmallestPart = 5 * 1024 * 1024;

    [Fact]
    public async Task Upload_ThatEndsInAnyWay_LeavesNoPart()
    {
        var uri = await NewUriAsync("a");
        await using (var aborted = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token))
        {
            await aborted.PutPartAsync(0, Bytes(10), Token);
            await aborted.AbortAsync(Token);
        }

        await using (var dropped = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token))
            await dropped.PutPartAsync(0, Bytes(10), Token);
        await using (var completed = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token))
        {
            await completed.PutPartAsync(0, Bytes(10), Token);
            await completed.CompleteAsync(Token);
        }

        await using var late = await Store.OpenMultipartAsync(uri, PutMode.Create, Token);
        await late.PutPartAsync(0, Bytes(10), Token);
        await Assert.ThrowsAsync<ObjectStoreException>(() => late.CompleteAsync(Token));
        await Assert.ThrowsAsync<ObjectStoreException>(() => Store.CopyIfAbsentAsync(uri, uri, Token));
        await using var tooSmall = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token);
        await tooSmall.PutPartAsync(0, Bytes(10), Token);
        await tooSmall.PutPartAsync(1, Bytes(10), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => tooSmall.CompleteAsync(Token));
        Assert.Contains("5 MiB", failure.Message, StringComparison.Ordinal);
        await tooSmall.DisposeAsync();
        Assert.Empty(await UploadsAsync(uri));
    }

    [Fact]
    public async Task Upload_Left_KeepsItsPartsForAnotherStore()
    {
        var uri = await NewUriAsync("a");
        string id;
        await using (var upload = await Store.OpenMultipartAsync(uri, PutMode.Create, Token))
        {
            id = upload.Id;
            await upload.PutPartAsync(1, Bytes(7, 2), Token);
            upload.Leave();
        }

        Assert.Single(await UploadsAsync(uri));
        using var other = new S3Store(TestOptions.Of(Server));
        await using var resumed = await other.ResumeMultipartAsync(uri, id, PutMode.Create, Token);
        await resumed.PutPartAsync(0, Bytes(SmallestPart), Token);
        var info = await resumed.CompleteAsync(Token);
        Assert.Equal(info, await Store.StatAsync(uri, Token));
        Assert.Equal(Bytes(SmallestPart).Concat(Bytes(7, 2)), await Store.GetAsync(uri, info.Version, Token));
        Assert.Empty(await UploadsAsync(uri));
    }

    [Fact]
    public async Task Resume_OfMoreThanAPageOfParts_FindsThemAll()
    {
        var uri = await NewUriAsync("a");
        await using var upload = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token };
        await Parallel.ForAsync(0, 1005, options, async (number, token) => await upload.PutPartAsync(number, Bytes(1), token));
        await using var resumed = await Store.ResumeMultipartAsync(uri, upload.Id, PutMode.Overwrite, Token);
        Assert.Equal(Enumerable.Range(0, 1005), resumed.Parts);
    }

    [Fact]
    public async Task Complete_WhoseAnswerWasLost_SucceedsTheSecondTime()
    {
        var uri = await NewUriAsync("a");
        await using var upload = await Store.OpenMultipartAsync(uri, PutMode.Overwrite, Token);
        await upload.PutPartAsync(0, Bytes(10), Token);
        var part = (await Raw.ListPartsAsync(uri.Authority, "a", upload.Id, Token)).Parts[0];
        await Raw.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = uri.Authority, Key = "a", UploadId = upload.Id, PartETags = [new PartETag(1, part.ETag)] }, Token);
        Assert.Equal(await Store.StatAsync(uri, Token), await upload.CompleteAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_WithoutParts_WritesAnEmptyObject(bool create)
    {
        var uri = await NewUriAsync("a");
        await using var upload = await Store.OpenMultipartAsync(uri, create ? PutMode.Create : PutMode.Overwrite, Token);
        Assert.Equal(0, (await upload.CompleteAsync(Token)).Length);
        Assert.Equal(0, (await Store.StatAsync(uri, Token)).Length);
        Assert.Empty(await UploadsAsync(uri));
    }

    [Fact]
    public async Task Complete_UpdatingAVersion_ReplacesItAndNoOther()
    {
        var uri = await NewUriAsync("a");
        var first = await Store.PutAsync(uri, Bytes(10), Token);
        await using (var upload = await Store.OpenMultipartAsync(uri, PutMode.Update(first.Version), Token))
        {
            await upload.PutPartAsync(0, Bytes(20), Token);
            await upload.CompleteAsync(Token);
        }

        await using var late = await Store.OpenMultipartAsync(uri, PutMode.Update(first.Version), Token);
        await late.PutPartAsync(0, Bytes(30), Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => late.CompleteAsync(Token));
        Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
        Assert.Equal(Bytes(20), await Store.GetAsync(uri, null, Token));
        Assert.Empty(await UploadsAsync(uri));
    }

    [Fact]
    public async Task PutPart_NumberedTooHigh_IsUnsupported()
    {
        await using var upload = await Store.OpenMultipartAsync(await NewUriAsync("a"), PutMode.Overwrite, Token);
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => upload.PutPartAsync(10_000, Bytes(1), Token));
        Assert.Equal(ObjectStoreErrorKind.Unsupported, failure.Kind);
    }

    [Fact]
    public async Task Copy_OfALargeObject_IsMadeOfParts()
    {
        var uri = await NewUriAsync("a");
        var content = Bytes((2 * SmallestPart) + 1000);
        await Store.PutAsync(uri, content, Token);
        await Store.CopyIfAbsentAsync(uri, uri.Append("copy"), Token);
        Assert.Equal(content, await Store.GetAsync(uri.Append("copy"), null, Token));
        Assert.EndsWith("-3:" + content.Length, (await Store.StatAsync(uri.Append("copy"), Token)).Version, StringComparison.Ordinal);
        Assert.Empty(await UploadsAsync(uri));
    }

    [Fact]
    public async Task Update_OnAServerThatTakesBareETags_StaysConditional()
    {
        var uri = await NewUriAsync("a");
        var first = await Store.PutAsync(uri, Bytes(10, 1), Token);
        var second = await Store.PutAsync(uri, Bytes(10, 2), PutMode.Update(first.Version), Token);
        foreach (var stale in (string[])[first.Version, "nonsense", ":", ":10"])
        {
            var failure = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync(uri, Bytes(10, 3), PutMode.Update(stale), Token));
            Assert.Equal(ObjectStoreErrorKind.PreconditionFailed, failure.Kind);
        }

        await Store.PutAsync(uri, Bytes(10, 4), PutMode.Update(second.Version), Token);
        Assert.Equal(Bytes(10, 4), await Store.GetAsync(uri, null, Token));
    }

    private async Task<List<MultipartUpload>> UploadsAsync(ResourceUri uri) =>
        (await Raw.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = uri.Authority }, Token)).MultipartUploads ?? [];
}
