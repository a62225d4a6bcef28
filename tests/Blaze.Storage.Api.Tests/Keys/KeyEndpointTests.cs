using System.Net;
using System.Net.Http.Headers;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Keys;

public sealed class KeyEndpointTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_OfAValue_IsSeenByAllReplicasUntilItIsDeleted()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var (other, _) = await cluster.StartApiAsync();
        using var http = ApiCluster.HttpTo(other);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(cluster.Http, "a.b", "first"));
        Assert.Equal("first", await http.GetStringAsync("/v1/keys/a.b", Cancelled));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(http, "a.b", "second"));
        Assert.Equal("second", await cluster.Http.GetStringAsync("/v1/keys/a.b", Cancelled));
        Assert.Equal(HttpStatusCode.NoContent, (await cluster.Http.DeleteAsync("/v1/keys/a.b", Cancelled)).StatusCode);
        await ProblemAssert.IsAsync(await http.GetAsync("/v1/keys/a.b", Cancelled), "no-such-key", "key");
        await ProblemAssert.IsAsync(await http.DeleteAsync("/v1/keys/a.b", Cancelled), "no-such-key", "key");
        await ProblemAssert.IsAsync(await http.PutAsync("/v1/keys/a%20b", new StringContent("x"), Cancelled), "invalid-parameter", "key");
    }

    [Fact]
    public async Task Get_OfARange_IsThatPart()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        await PutAsync(cluster.Http, "a", "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/keys/a");
        request.Headers.Range = new RangeHeaderValue(2, 4);
        using var part = await cluster.Http.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("234", await part.Content.ReadAsStringAsync(Cancelled));
        using var head = await cluster.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/keys/a"), Cancelled);
        Assert.Equal(10, head.Content.Headers.ContentLength);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, "/v1/keys/a");
        beyond.Headers.Range = new RangeHeaderValue(100, 200);
        await ProblemAssert.IsAsync(await cluster.Http.SendAsync(beyond, Cancelled), "range-not-satisfiable", null);
    }

    [Fact]
    public async Task Put_OfALargeValue_LiesWithAWorker()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        using var put = await cluster.Http.PutAsync("/v1/keys/large", new ByteArrayContent(bytes), Cancelled);
        Assert.True(put.StatusCode == HttpStatusCode.Created, await put.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(bytes, await cluster.Http.GetByteArrayAsync("/v1/keys/large", Cancelled));
    }

    [Fact]
    public async Task Get_OfACachedBlock_IsItsFile()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        await cluster.FinishAsync(new { op = "HIST", sources = new[] { cluster.NewFile("a", new byte[100_000]) } });
        var key = await cluster.Client.KeysAsync("HIST", Cancelled).FirstAsync(Cancelled);
        using var response = await cluster.Http.GetAsync($"/v1/keys/{key}", Cancelled);
        Assert.Equal("application/x-npy", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Put_OfTooMuchOrWrongJson_IsAProblem()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0, new ApiOptions { MaxValueBytes = 10 });
        await ProblemAssert.IsAsync(await cluster.Http.PutAsync("/v1/keys/a", new ByteArrayContent(new byte[11]), Cancelled), "body-too-large", null);
        await ProblemAssert.IsAsync(await cluster.Http.PutAsync("/v1/keys/a", new StringContent("{", System.Text.Encoding.UTF8, "application/json"), Cancelled), "invalid-body", null);
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient http, string key, string text) =>
        (await http.PutAsync($"/v1/keys/{key}", new StringContent(text), Cancelled)).StatusCode;
}
