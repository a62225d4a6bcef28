using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Jobs;

public sealed class JobEndpointTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfAQuestion_IsAnsweredWithTheJobsAddress()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var source = cluster.NewFile("a", [1, 2, 3, 3]);
        using var response = await cluster.Http.PostAsJsonAsync("/v1/jobs", new { op = "HIST", sources = new[] { source }, @params = new { n = 1 } }, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = await cluster.Http.GetFromJsonAsync<JsonNode>(response.Headers.Location, Cancelled);
        Assert.Equal("HIST", (string?)job!["op"]);
        Assert.Equal(source, (string?)job["sources"]![0]);
        await cluster.Client.Attach((string)job["id"]!).WaitAsync(Cancelled);
        job = await cluster.Http.GetFromJsonAsync<JsonNode>(response.Headers.Location, Cancelled);
        Assert.Equal("done", (string?)job!["state"]);
        Assert.Equal(4, (long?)job["bytes"]!["total"]);
    }

    [Fact]
    public async Task Delete_OfARunningJob_CancelsIt()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var job = await cluster.SubmitAsync(new { op = "HIST", sources = new[] { "file:///nowhere" } });
        var response = await cluster.Http.DeleteAsync($"/v1/jobs/{job["id"]}", Cancelled);
        var after = await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled);
        Assert.Equal("cancelled", (string?)after!["state"]);
    }

    [Theory]
    [InlineData("""{"op":"HIST","sources":["file:///a"],"colour":1}""", "unknown-field", "colour")]
    [InlineData("""{"op":"HIST","sources":["file:///a"],"range":{"from":1}}""", "unknown-field", "range.from")]
    [InlineData("""{"op":"HIST","sources":["file:///a"],"priority":"high"}""", "invalid-body", "priority")]
    [InlineData("""{"op":"HIST","sources":["file:///a"],"priority":101}""", "invalid-field", "priority")]
    [InlineData("""{"op":"HIST","sources":[]}""", "invalid-field", "sources")]
    [InlineData("""{"op":"HIST","sources":["a/b"]}""", "invalid-field", "sources[0]")]
    [InlineData("""{"op":"HIST","sources":[null]}""", "invalid-field", "sources[0]")]
    [InlineData("""{"op":"HIST","sources":["file:///a"],"range":{"start":5,"end":2}}""", "invalid-field", "range")]
    [InlineData("""{"op":"HIST","sources":["file:///a"],"params":{"n":[1]}}""", "invalid-field", "params.n")]
    [InlineData("""{"op":"HISTO","sources":["file:///a"]}""", "invalid-question", null)]
    [InlineData("""{"op":"HIST"}""", "invalid-body", null)]
    [InlineData("""{"op":"HIST","op":"ENT","sources":["file:///a"]}""", "invalid-body", "op")]
    [InlineData("""[1]""", "invalid-body", null)]
    [InlineData("""{""", "invalid-body", null)]
    public async Task Post_OfWhatIsNoQuestion_SaysWhichFieldIsAtFault(string body, string type, string? field)
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await cluster.Http.PostAsync("/v1/jobs", content, Cancelled);
        await ProblemAssert.IsAsync(response, type, field);
    }

    [Fact]
    public async Task Get_OfAnUnknownJob_IsAProblem()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v1/jobs/none", Cancelled), "no-such-job", "id");
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v1/jobs/none?deep=1", Cancelled), "unknown-parameter", "deep");
        await ProblemAssert.IsAsync(await cluster.Http.PutAsync("/v1/jobs/none", null, Cancelled), "method-not-allowed", null);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v2", Cancelled), "not-found", null);
        await ProblemAssert.IsAsync(await cluster.Http.PostAsync("/v1/jobs", new StringContent("op=HIST"), Cancelled), "wrong-content-type", "Content-Type");
    }

    [Fact]
    public async Task Health_OfAServerThatServes_IsOk()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        Assert.Equal("ok\n", await cluster.Http.GetStringAsync("/healthz", Cancelled));
        Assert.Equal("ok\n", await cluster.Http.GetStringAsync("/readyz", Cancelled));
    }

    [Fact]
    public async Task Post_WithTheSameIdempotencyKey_IsOneJobWhicheverReplicaIsAsked()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var (other, _) = await cluster.StartApiAsync();
        using var http = ApiCluster.HttpTo(other);
        var first = await PostAsync(cluster.Http, "k1", "file:///a");
        Assert.Equal((string?)(await first.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["id"], (string?)(await (await PostAsync(http, "k1", "file:///a")).Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["id"]);
        await ProblemAssert.IsAsync(await PostAsync(http, "k1", "file:///b"), "idempotency-conflict", "Idempotency-Key");
        await ProblemAssert.IsAsync(await PostAsync(http, "", "file:///b"), "invalid-header", "Idempotency-Key");
        Assert.NotEqual(first.Headers.Location, (await PostAsync(http, "k2", "file:///a")).Headers.Location);
    }

    [Fact]
    public async Task Post_OfEachSource_MakesAJobForEach()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var jobs = await cluster.SubmitAsync(new { op = "HIST", sources = new[] { "file:///a", "file:///b" }, each = true });
        Assert.Equal(["file:///a", "file:///b"], jobs["jobs"]!.AsArray().Select(job => (string?)job!["sources"]![0]));
    }

    [Fact]
    public async Task Post_OfEachFileOfAPattern_MakesAJobForEach()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var first = cluster.NewFile("a1", [1]);
        var files = new[] { cluster.NewFile("b", [2]), first, cluster.NewFile("a2", [3, 3]) };
        var folder = first[..first.LastIndexOf('/')];
        var question = new { op = "HIST", sources = new[] { folder + "/a*", files[0], folder + "/?1" }, @params = new { n = 2 }, priority = 3, each = true };
        var jobs = (await cluster.SubmitAsync(question))["jobs"]!.AsArray();
        Assert.Equal(files, jobs.Select(job => (string?)job!["sources"]!.AsArray().Single()));
        Assert.All(jobs, job => Assert.Equal(("2", 3), ((string?)job!["params"]!["n"], (int)job["priority"]!)));
        await ProblemAssert.IsAsync(await cluster.Http.PostAsJsonAsync("/v1/jobs", new { op = "HIST", sources = new[] { folder + "/c*" }, each = true }, Cancelled), "invalid-question", null);
    }

    [Fact]
    public async Task Post_OfEachFileOfAPattern_HasALimitAndSubmitsNothingBeyondIt()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, options: ApiCluster.Open with { MaxJobsOfRequest = 2 });
        var folder = cluster.NewFile("0", [1])[..^2];
        cluster.NewFile("1", [1]);
        var both = await cluster.SubmitAsync(new { op = "HIST", sources = new[] { folder + "/*" }, each = true });
        Assert.Equal(2, both["jobs"]!.AsArray().Count);
        var third = cluster.NewFile("2", [1]);
        await RefusedAsync("invalid-question", null, folder + "/*");
        await RefusedAsync("invalid-field", "sources", folder + "/[01]", third);
        await RefusedAsync("invalid-field", "sources", "file:///a", "file:///b", "file:///c");
        var listed = await cluster.Client.ListJobsAsync(cancellationToken: Cancelled);
        Assert.Equal(2, listed.Count(job => job.Spec.End is null));

        async Task RefusedAsync(string type, string? field, params string[] sources) =>
            await ProblemAssert.IsAsync(await cluster.Http.PostAsJsonAsync("/v1/jobs", new { op = "HIST", sources, each = true }, Cancelled), type, field);
    }

    [Fact]
    public async Task Post_OfEachFileOfAPatternThatNobodyLooksUp_IsAProblemAndLeavesNothing()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0, options: ApiCluster.Open with { LookupPatience = TimeSpan.FromMilliseconds(1) });
        await ProblemAssert.IsAsync(await cluster.Http.PostAsJsonAsync("/v1/jobs", new { op = "HIST", sources = new[] { "file:///a*" }, each = true }, Cancelled), "not-looked-up", "sources");
        Assert.DoesNotContain(await cluster.Client.ListJobsAsync(cancellationToken: Cancelled), job => job.State == Client.JobState.Running);
    }

    [Fact]
    public async Task Post_ThatWaits_IsAnsweredWithTheResult()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = JsonContent.Create(new { op = "HIST", sources = new[] { cluster.NewFile("a", [1, 1]) } }) };
        request.Headers.Add("Prefer", "wait=30");
        var job = await (await cluster.Http.SendAsync(request, Cancelled)).Content.ReadFromJsonAsync<JsonNode>(Cancelled);
        Assert.Equal("done", (string?)job!["state"]);
        Assert.Equal(2, (int?)job["result"]!["counts"]![1]);
    }

    [Fact]
    public async Task List_ByPages_GivesEachJobOnceNewestFirst()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var ids = new List<string>();
        for (var number = 0; number < 23; number++)
            ids.Add((string)(await cluster.SubmitAsync(new { op = "HIST", sources = new[] { $"file:///{number}" } }))["id"]!);
        await cluster.Http.DeleteAsync($"/v1/jobs/{ids[4]}", Cancelled);
        Assert.Equal(ids.Order(), (await PagesAsync(cluster, "limit=5")).Order());
        Assert.Equal([ids[4]], await PagesAsync(cluster, "limit=2&state=cancelled"));
        Assert.Equal(22, (await PagesAsync(cluster, "limit=3&state=running")).Count);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v1/jobs?cursor=x", Cancelled), "invalid-parameter", null);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v1/jobs?limit=0", Cancelled), "invalid-parameter", "limit");
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v1/jobs?state=gone", Cancelled), "invalid-parameter", "state");
    }

    private static async Task<List<string>> PagesAsync(ApiCluster cluster, string query)
    {
        var ids = new List<string>();
        var last = DateTimeOffset.MaxValue;
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await cluster.Http.GetFromJsonAsync<JsonNode>($"/v1/jobs?{query}{(cursor.Length > 0 ? "&cursor=" + cursor : "")}", Cancelled);
            foreach (var job in page!["jobs"]!.AsArray())
            {
                var created = (DateTimeOffset)job!["created"]!;
                Assert.True(created <= last);
                last = created;
                ids.Add((string)job["id"]!);
            }

            cursor = (string?)page["next"];
        }

        return ids;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string key, string source)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = JsonContent.Create(new { op = "HIST", sources = new[] { source } }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await http.SendAsync(request, Cancelled);
    }
}
