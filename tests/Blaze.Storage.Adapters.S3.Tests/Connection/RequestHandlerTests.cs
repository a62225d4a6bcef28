using Blaze.Storage.Adapters.S3.Connection;

namespace Blaze.Storage.Adapters.S3.Tests.Connection;

public sealed class RequestHandlerTests
{
    [Theory]
    [InlineData("http://host:9000/bucket/a?x=%2F", "bucket", "http://host:9000/bucket//a?x=%2F")]
    [InlineData("http://host/bucket/a/../b", "bucket", "http://host/bucket//b")]
    [InlineData("https://bucket.s3.eu-west-1.amazonaws.com/a%20b", "bucket", "https://bucket.s3.eu-west-1.amazonaws.com//a%20b")]
    [InlineData("https://s3.amazonaws.com/my.bucket/a", "my.bucket", "https://s3.amazonaws.com/my.bucket//a")]
    public async Task Send_ForAKeyWithALeadingSlash_PutsTheSlashBack(string address, string bucket, string expected)
    {
        RequestHandler.KeepLeadingSlash(bucket);
        Assert.Equal(expected, (await SentAsync(new HttpRequestMessage(HttpMethod.Get, address))).RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Send_ForAnotherKey_LeavesTheAddress() =>
        Assert.Equal("http://host/bucket/a", (await SentAsync(new HttpRequestMessage(HttpMethod.Get, "http://host/bucket/a"))).RequestUri!.AbsoluteUri);

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1_000_000, true)]
    public async Task Send_OfABody_AsksForLeaveOnlyIfItIsLarge(int length, bool asks)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "http://host/bucket/a") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.ExpectContinue = true;
        Assert.Equal(asks, (await SentAsync(request)).Headers.ExpectContinue);
    }

    private static async Task<HttpRequestMessage> SentAsync(HttpRequestMessage request)
    {
        using var inner = new Catcher();
        using var invoker = new HttpMessageInvoker(new RequestHandler(inner));
        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
        return request;
    }

    private sealed class Catcher : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }
}
