using System.Net;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Access;

public sealed class BrowserGuardTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8642")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.0.2.1")]
    [InlineData("169.254.169.254")]
    public async Task Request_ForAnotherHost_IsRefused(string host)
    {
        await using var world = await AccessWorld.New().StartAsync(redis);
        using var http = world.Http();
        http.DefaultRequestHeaders.Host = host;
        using var response = await http.GetAsync("/healthz", Cancelled);
        await ProblemAssert.IsAsync(response, "foreign-host", "Host");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1:8642")]
    [InlineData("[::1]:8642")]
    public async Task Request_ForThisMachine_IsAnswered(string host)
    {
        await using var world = await AccessWorld.New().StartAsync(redis);
        using var http = world.Http();
        http.DefaultRequestHeaders.Host = host;
        Assert.Equal("ok\n", await http.GetStringAsync("/healthz", Cancelled));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Post_FromAPageOfAnotherSite_IsRefused(string header, string value)
    {
        await using var world = await AccessWorld.New().StartAsync(redis);
        using var http = world.Http();
        http.DefaultRequestHeaders.Add(header, value);
        using var response = await AccessWorld.PostJobAsync(http, "s3://bucket/key");
        await ProblemAssert.IsAsync(response, "foreign-origin", header);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/jobs");
        using var answer = await http.SendAsync(preflight, Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await world.Client.ListJobsAsync(cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Post_FromAPageOfThisServer_IsTaken()
    {
        await using var world = await AccessWorld.New().StartAsync(redis);
        using var http = world.Http();
        http.DefaultRequestHeaders.Add("Origin", world.Address.GetLeftPart(UriPartial.Authority));
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var response = await AccessWorld.PostJobAsync(http, "s3://bucket/key");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Request_ForAnotherHostWithAKey_IsAnswered()
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", Scopes.Read);
        await world.StartAsync(redis);
        using var http = world.Http(key);
        http.DefaultRequestHeaders.Host = "blaze.example";
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/v1/jobs/none", Cancelled)).StatusCode);
    }
}
