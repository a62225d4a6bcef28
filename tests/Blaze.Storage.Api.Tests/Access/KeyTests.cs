using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Values;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Access;

public sealed class KeyTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_WithoutAKnownKey_IsAProblemAndTellsNothing()
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", Scopes.Submit | Scopes.Read);
        await world.StartAsync(redis);
        var hash = ApiKeyFile.List(world.KeyFile)[0].Id;
        foreach (var value in new[] { null, "", "Bearer", "Bearer ", "Bearer x", $"Basic {key}", key, $"Bearer {key}x", $"Bearer {key[..^1]}", $"Bearer {key.ToUpperInvariant()}", $"Bearer {hash}", $"Bearer {new string('a', 5000)}" })
        {
            using var http = world.Http();
            if (value is not null)
                http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", value);
            foreach (var path in new[] { "/v1/jobs/x", "/v1/workers", "/nowhere", "/v1/jobs/%2e%2e/healthz" })
            {
                using var response = await http.GetAsync(path, Cancelled);
                Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
                Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
                await ProblemAssert.IsAsync(response, "key-required", "Authorization");
            }
        }

        Assert.DoesNotContain(world.Log.Lines, line => line.Text.Contains(key[^20..], StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Request_WithTwoKeys_IsRefused()
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", Scopes.Read);
        await world.StartAsync(redis);
        var answer = await RawRequest.SendAsync(world.Address, $"GET /v1/jobs/x HTTP/1.1\r\nHost: {world.Address.Authority}\r\nAuthorization: Bearer {key}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Scopes.Read, 403, 404)]
    [InlineData(Scopes.Submit, 202, 403)]
    [InlineData(Scopes.Admin, 202, 404)]
    public async Task Request_WithAScope_DoesWhatTheScopeIsFor(Scopes scopes, int post, int get)
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", scopes);
        await world.StartAsync(redis);
        using var http = world.Http(key);
        using var posted = await AccessWorld.PostJobAsync(http, "s3://bucket/key");
        Assert.Equal(post, (int)posted.StatusCode);
        using var got = await http.GetAsync("/v1/jobs/none", Cancelled);
        Assert.Equal(get, (int)got.StatusCode);
        if (post == 403)
            await ProblemAssert.IsAsync(posted, "scope-missing", "Authorization");
    }

    [Fact]
    public async Task Health_WithoutAKey_IsTold()
    {
        await using var world = AccessWorld.New();
        world.NewKey("ci", Scopes.Read);
        await world.StartAsync(redis);
        using var http = world.Http();
        Assert.Equal("ok\n", await http.GetStringAsync("/healthz", Cancelled));
        Assert.Equal("ok\n", await http.GetStringAsync("/readyz", Cancelled));
    }

    [Fact]
    public async Task Job_OfAnotherName_IsNotThere()
    {
        await using var world = AccessWorld.New();
        var (ann, annToo, bob, admin) = (world.NewKey("ann", Scopes.Submit | Scopes.Read), world.NewKey("ann", Scopes.Read), world.NewKey("bob", Scopes.Submit | Scopes.Read), world.NewKey("root", Scopes.Admin));
        await world.StartAsync(redis);
        using var https = world.Http(ann);
        using var posted = await AccessWorld.PostJobAsync(https, "s3://bucket/key");
        var path = posted.Headers.Location!.ToString();
        Assert.Equal("ann", (await world.Client.GetJobAsync(path.Split('/')[^1], Cancelled))!.Spec.Owner);

        using var other = world.Http(bob);
        foreach (var address in new[] { path, path + "/events", path + "/result" })
        {
            using var unseen = await other.GetAsync(address, Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        }

        using var kept = await other.DeleteAsync(path, Cancelled);
        await ProblemAssert.IsAsync(kept, "no-such-job", "id");
        Assert.Equal(JobState.Running, (await world.Client.GetJobAsync(path.Split('/')[^1], Cancelled))!.State);
        foreach (var key in new[] { ann, annToo, admin })
        {
            using var http = world.Http(key);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path, Cancelled)).StatusCode);
        }
    }

    [Theory]
    [InlineData("s3://bucket/logs/2026/a", 202)]
    [InlineData("s3://bucket/logs/*.bin", 202)]
    [InlineData("s3://bucket/l%6fgs/a", 202)]
    [InlineData("s3://bucket/logs-of-others/a", 403)]
    [InlineData("s3://bucket/LOGS/a", 403)]
    [InlineData("s3://bucket/log*/a", 403)]
    [InlineData("s3://bucket/logs/../secret", 403)]
    [InlineData("s3://bucket/logs/%2e%2e/secret", 403)]
    [InlineData("s3://other/logs/a", 403)]
    [InlineData("hdfs://bucket/logs/a", 403)]
    [InlineData("file:///open/team/a", 202)]
    [InlineData("file:///open/other/a", 403)]
    [InlineData("file:///team/a", 403)]
    [InlineData("file:///open/team/../other/a", 403)]
    public async Task Post_WithAKeyForSomeSources_TakesThoseAlone(string source, int status)
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", Scopes.Submit, "s3://bucket/logs", "file:///open/team", "file:///team");
        await world.StartAsync(redis, options => options with { Access = options.Access with { Folders = ["/open"] } });
        using var http = world.Http(key);
        using var response = await AccessWorld.PostJobAsync(http, source);
        Assert.Equal((source, status), (source, (int)response.StatusCode));
        if (status == 403)
        {
            await ProblemAssert.IsAsync(response, "source-not-allowed", "sources[0]");
            return;
        }

        var limits = (await world.Client.GetJobAsync(response.Headers.Location!.ToString().Split('/')[^1], Cancelled))!.Spec.Limits!;
        Assert.Equal(["file:///open/team"], limits.Folders);
        Assert.Equal(["s3://bucket/logs"], limits.Prefixes);
    }

    [Fact]
    public async Task Values_WithAKeyForSomeSources_AreNotTold()
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", Scopes.Submit | Scopes.Read, "s3://bucket/logs");
        await world.StartAsync(redis);
        using var http = world.Http(key);
        await ProblemAssert.IsAsync(await http.GetAsync("/v1/keys/HIST_00000000000000000000000000000000.0_65536", Cancelled), "key-limited", null);
        await ProblemAssert.IsAsync(await http.PutAsync("/v1/keys/a", new ByteArrayContent([1]), Cancelled), "key-limited", null);
        using var graph = new StringContent("""{"tasks":[{"key":"a","op":"add","args":[1,2]}]}""", System.Text.Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(await http.PostAsync("/v1/tasks", graph, Cancelled), "key-limited", null);
    }

    [Fact]
    public async Task List_OfJobs_HasThoseOfTheKeysNameAlone()
    {
        await using var world = AccessWorld.New();
        var (ann, bob, admin) = (world.NewKey("ann", Scopes.Submit | Scopes.Read), world.NewKey("bob", Scopes.Submit | Scopes.Read), world.NewKey("root", Scopes.Admin));
        await world.StartAsync(redis);
        foreach (var key in new[] { ann, bob, bob })
        {
            using var http = world.Http(key);
            using var posted = await AccessWorld.PostJobAsync(http, "s3://bucket/key");
        }

        foreach (var (key, count) in new[] { (ann, 1), (bob, 2), (admin, 3) })
        {
            using var http = world.Http(key);
            var list = await http.GetFromJsonAsync<System.Text.Json.Nodes.JsonNode>("/v1/jobs", Cancelled);
            Assert.Equal(count, list!["jobs"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task IdempotencyKey_OfAnotherName_IsAnotherJob()
    {
        await using var world = AccessWorld.New();
        var (ann, bob) = (world.NewKey("ann", Scopes.Submit), world.NewKey("bob", Scopes.Submit));
        await world.StartAsync(redis);
        var jobs = new List<string>();
        foreach (var key in new[] { ann, ann, bob })
        {
            using var http = world.Http(key);
            http.DefaultRequestHeaders.Add("Idempotency-Key", "same");
            using var posted = await AccessWorld.PostJobAsync(http, "s3://bucket/key");
            jobs.Add(posted.Headers.Location!.ToString());
        }

        Assert.Equal(jobs[0], jobs[1]);
        Assert.NotEqual(jobs[0], jobs[2]);
    }

    [Fact]
    public async Task Post_WithoutFolders_TakesNoLocalFile()
    {
        await using var world = await AccessWorld.New().StartAsync(redis);
        using var http = world.Http();
        await ProblemAssert.IsAsync(await AccessWorld.PostJobAsync(http, "file:///etc/passwd"), "source-not-allowed", "sources[0]");
        Assert.Empty(await world.Client.ListJobsAsync(cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "API keys")]
    [InlineData("http://[::]:0", "API keys")]
    [InlineData("http://192.0.2.1:0", "API keys")]
    [InlineData("http://example.org:0", "name an address")]
    [InlineData("https://127.0.0.1:0", "certificate")]
    public async Task Start_OpenToOthersWithoutKeys_IsRefusedWithASentence(string listen, string reason)
    {
        await using var world = AccessWorld.New();
        var problem = await Assert.ThrowsAsync<ApiException>(() => world.StartAsync(redis, options => options with { Listen = new Uri(listen) }));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_OfOneName_IsReadByAllAndChangedByItselfAndAdmin()
    {
        await using var world = AccessWorld.New();
        var (ann, second, bob, root) = (world.NewKey("ann", Scopes.Submit | Scopes.Read), world.NewKey("ann", Scopes.Submit), world.NewKey("bob", Scopes.Submit | Scopes.Read), world.NewKey("root", Scopes.Admin));
        await world.StartAsync(redis);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(ann, "1"));
        using var other = world.Http(bob);
        Assert.Equal("1", await other.GetStringAsync("/v1/keys/a", Cancelled));
        await ProblemAssert.IsAsync(await other.PutAsync("/v1/keys/a", new StringContent("2"), Cancelled), "value-of-another", "key");
        await ProblemAssert.IsAsync(await other.DeleteAsync("/v1/keys/a", Cancelled), "value-of-another", "key");
        Assert.Equal("1", await other.GetStringAsync("/v1/keys/a", Cancelled));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(second, "3"));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(root, "4"));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(ann, "5"));
        using var admin = world.Http(root);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync("/v1/keys/a", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(bob, "6"));
        await world.Client.Shared.PutAsync("b", new Value(ValueFormat.Raw, "7"u8.ToArray()), Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, (await other.PutAsync("/v1/keys/b", new StringContent("8"), Cancelled)).StatusCode);

        async Task<HttpStatusCode> PutAsync(string key, string text)
        {
            using var http = world.Http(key);
            return (await http.PutAsync("/v1/keys/a", new StringContent(text), Cancelled)).StatusCode;
        }
    }

    [Fact]
    public async Task Start_OpenToOthersWithKeys_Serves()
    {
        await using var world = AccessWorld.New();
        var key = world.NewKey("ci", Scopes.Read);
        await world.StartAsync(redis, options => options with { Listen = new Uri("http://0.0.0.0:0") });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{world.Address.Port}/v1/jobs/none");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(request, Cancelled)).StatusCode);
        Assert.Single(world.Log.Of(4113));
    }
}
