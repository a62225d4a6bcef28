using System.Globalization;
using System.Text.Json;
using Blaze.Storage.Api.Tests.Access;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Problems;

/// <summary>What the server refuses before the application sees it is a problem as everything else.</summary>
public sealed class UnreadableRequestTests(RedisFixture redis)
{
    [Theory]
    [InlineData("\0\u0001hello\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", 400)]
    [InlineData("GET / HTTP/9.9\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400)]
    [InlineData("GET /\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET http://other.example/healthz HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: {host}\r\nno-colon\r\n\r\n", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: \u00ff\r\n\r\n", 400)]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("POST /v1/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST /v1/jobs HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: x\r\n\r\n", 400)]
    [InlineData("POST /v1/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: {host}\r\n\r\n", 405)]
    [InlineData("POST /v1/jobs HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}", 413)]
    [InlineData("GET /{9000} HTTP/1.1\r\nHost: {host}\r\n\r\n", 414)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: {host}\r\nX: {40000}\r\n\r\n", 431)]
    public async Task Request_ThatCannotBeRead_IsAProblem(string request, int status)
    {
        await using var world = AccessWorld.New();
        await world.StartAsync(redis);
        var answer = Assert.Single(RawAnswer.Parse(await RawRequest.SendAsync(world.Address, Fill(request, world.Address))));
        AssertProblem(status, answer);
    }

    [Fact]
    public async Task Request_ThatCannotBeReadBehindOneThatCan_IsAProblemOnTheSameConnection()
    {
        await using var world = AccessWorld.New();
        await world.StartAsync(redis);
        var answers = RawAnswer.Parse(await RawRequest.SendAsync(world.Address, Fill("GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\nGET / HTTP/9.9\r\n\r\n", world.Address)));
        Assert.Equal((2, 200, "ok\n"), (answers.Count, answers[0].Status, answers[0].Body));
        AssertProblem(400, answers[1]);
    }

    [Fact]
    public async Task Request_ForTheHeadAlone_IsRefusedWithoutABody()
    {
        await using var world = AccessWorld.New();
        await world.StartAsync(redis);
        var answer = Assert.Single(RawAnswer.Parse(await RawRequest.SendAsync(world.Address, "HEAD /healthz HTTP/1.1\r\n\r\n")));
        Assert.Equal((400, ""), (answer.Status, answer.Body));
    }

    private static string Fill(string request, Uri address) => request
        .Replace("{host}", address.Authority, StringComparison.Ordinal)
        .Replace("{9000}", new string('a', 9000), StringComparison.Ordinal)
        .Replace("{40000}", new string('a', 40_000), StringComparison.Ordinal);

    private static void AssertProblem(int status, RawAnswer answer)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), problem.RootElement.GetProperty("status").GetRawText());
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.RootElement.GetProperty("action").GetString()!);
    }
}
