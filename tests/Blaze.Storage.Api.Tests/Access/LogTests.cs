using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Blaze.Storage.Api.Access;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Access;

public sealed class LogTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_OfAJob_IsOneLineWithoutAnySecret()
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ann", Scopes.Submit | Scopes.Read);
        await world.StartAsync(redis);
        using var http = world.Http(key);
        using var posted = await AccessWorld.PostJobAsync(http, "s3://bucket/key");
        var path = posted.Headers.Location!.ToString();
        using var got = await http.GetAsync(path, Cancelled);
        using var deleted = await http.DeleteAsync(path, Cancelled);

        // A line is written once the answer is on its way.
        await world.Log.Changes.UntilAsync(() => world.Log.Of(4101).Count == 2);
        var id = path.Split('/')[^1];
        Assert.Equal(
            [$"ann: POST /v1/jobs {id}: 202 from 127.0.0.1 ", $"ann: DELETE /v1/jobs/{{id}} {id}: 200 from 127.0.0.1 "],
            world.Log.Of(4101));
        Assert.DoesNotContain(world.Log.Lines, line => line.Text.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_OfACallerWhoHangsUp_IsNotSaidToHaveGoneWell()
    {
        await using var world = AccessWorld.New();
        await world.StartAsync(redis);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(world.Address.Host, world.Address.Port, Cancelled);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/jobs HTTP/1.1\r\nHost: {world.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{{"), Cancelled);
        }

        // What the server meets first is the machine's to say: the end of the body, which it refuses, or that of the connection.
        await world.Log.Changes.UntilAsync(() => world.Log.Of(4101).Count + world.Log.Of(4102).Count == 1);
        Assert.All(world.Log.Of(4101), line => Assert.Equal("local: POST /v1/jobs : 499 from 127.0.0.1 ", line));
    }

    [Fact]
    public async Task Refusals_HoweverMany_AreFewLinesThatRepeatNothing()
    {
        await using var world = AccessWorld.New();
        world.NewKey("ann", Scopes.Submit);
        await world.StartAsync(redis);
        using var http = world.Http("secret-in-the-wrong-place");
        for (var attempt = 0; attempt < 300; attempt++)
            using (await http.PostAsJsonAsync($"/v1/jobs?{attempt}=\r\n%0d%0aann: POST", new { }, Cancelled))
            {
            }

        Assert.InRange(world.Log.Of(4102).Count, 1, 3);
        Assert.DoesNotContain(world.Log.Lines, line => line.Text.Contains("wrong-place", StringComparison.Ordinal) || line.Text.Contains("ann:", StringComparison.Ordinal));
    }
}
