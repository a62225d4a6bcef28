using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Api.Tests.Graphs;

public sealed class GraphEndpointTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_OfAGraph_ComputesItAndItsValuesCanBeHad()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        await cluster.Http.PutAsync("/v1/keys/seven", JsonContent.Create(7), Cancelled);
        using var response = await cluster.Http.PostAsJsonAsync(
            "/v1/tasks",
            new
            {
                tasks = new object[]
                {
                    new { key = "a", op = "add", args = new[] { 1, 2 } },
                    new { key = "b", op = "add", args = new[] { 10 }, dependencies = new[] { "a" } },
                    new { key = "c", op = "add", dependencies = new[] { "b", "seven" } },
                },
            },
            Cancelled);
        var graph = await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled);
        Assert.True((int)response.StatusCode == 202, graph!.ToString());
        var at = response.Headers.Location;
        while ((string?)graph!["state"] == "running")
            graph = await cluster.Http.GetFromJsonAsync<JsonNode>(at, Cancelled);
        Assert.Equal("done", (string?)graph["state"]);
        Assert.Equal(20, await cluster.Http.GetFromJsonAsync<int>($"/v1/keys/{graph["tasks"]![2]!["value"]}", Cancelled));
        await cluster.Http.DeleteAsync(at, Cancelled);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync(at, Cancelled), "no-such-job", "id");
    }

    [Fact]
    public async Task Events_OfAGraph_TellHowManyCallsHaveEndedAndThatItIsDone()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var id = await SubmitAsync(cluster, new { key = "a", op = "add", args = new[] { 1, 2 } }, new { key = "b", op = "add", args = new[] { 10 }, dependencies = new[] { "a" } });
        using var events = await EventReader.OpenAsync(cluster.Http, id);
        var first = await events.NextAsync();
        Assert.Equal(("progress", 2, 0), (first!.Name, (int)first.Data["tasks"]!["total"]!, (int)first.Data["tasks"]!["ended"]!));
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync($"/v1/jobs/{id}/result", Cancelled), "job-running", null);
        using var others = await EventReader.OpenAsync(cluster.Http, id, first.Id);
        await cluster.StartWorkerAsync();
        foreach (var all in new[] { await events.AllAsync(), await others.AllAsync() })
        {
            Assert.DoesNotContain(first.Id, all.Select(one => one.Id));
            Assert.Equal(("done", "end", "done", 2), (all[^1].Name, all[^1].Id, (string)all[^1].Data["state"]!, (int)all[^1].Data["tasks"]!["ended"]!));
        }
    }

    [Fact]
    public async Task Result_OfAGraph_IsTheValuesThatNoCallNeeds()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var id = await SubmitAsync(
            cluster,
            new { key = "a", op = "add", args = new[] { 1, 2 } },
            new { key = "c", op = "add", args = new[] { 20 }, dependencies = new[] { "a" } },
            new { key = "b", op = "add", args = new[] { 10 }, dependencies = new[] { "a" } });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{id}/result");
        request.Headers.Add("Prefer", "wait=60");
        using var response = await cluster.Http.SendAsync(request, Cancelled);
        var values = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["values"]!.AsArray();
        Assert.Equal([("b", 13), ("c", 23)], values.Select(value => ((string)value!["key"]!, (int)value["value"]!)));
        Assert.Equal(13, await cluster.Http.GetFromJsonAsync<int>((string)values[0]!["at"]!, Cancelled));
    }

    [Fact]
    public async Task Delete_OfAGraphThatIsFollowed_EndsItsEventsAsCancelled()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var id = await SubmitAsync(cluster, new { key = "a", op = "add", args = new[] { 1, 2 } });
        using var events = await EventReader.OpenAsync(cluster.Http, id);
        await events.NextAsync();
        await cluster.Http.DeleteAsync($"/v1/jobs/{id}", Cancelled);
        Assert.Equal(("done", "cancelled"), ((await events.NextAsync()) is { } last ? (last.Name, (string?)last.Data["state"]) : default));
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync($"/v1/jobs/{id}/events", Cancelled), "no-such-job", "id");
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync($"/v1/jobs/{id}/result", Cancelled), "no-such-job", "id");
    }

    [Fact]
    public async Task Post_OfCallsThatTakeResources_WaitsForAWorkerThatHasThemAndSaysSo()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var id = await SubmitAsync(
            cluster,
            new { key = "a", op = "add", args = new[] { 1, 2 }, resources = new { memory = 1 << 20 } },
            new { key = "b", op = "add", args = new[] { 10 }, dependencies = new[] { "a" }, resources = new { gpu = 2 } });
        var graph = await GetAsync(cluster, id);
        while ((string?)graph["notice"] is null || (string?)graph["tasks"]![0]!["state"] == "running")
            graph = await GetAsync(cluster, id);
        Assert.Equal("no worker offers gpu=2: none has any gpu", (string?)graph["notice"]);

        await cluster.StartWorkerAsync(new WorkerOptions { Slots = 1, Resources = ResourceAmounts.Of([new("gpu", 2)]) });

        while ((string?)graph["state"] == "running")
            graph = await GetAsync(cluster, id);
        Assert.Equal(("done", null), ((string?)graph["state"], (string?)graph["notice"]));
        var workers = (await cluster.Http.GetFromJsonAsync<JsonNode>("/v1/workers", Cancelled))!["workers"]!.AsArray();
        Assert.Equal(2, (int)workers.Single(worker => worker!["resources"]!["gpu"] is not null)!["resources"]!["gpu"]!["total"]!);
        Assert.All(workers, worker => Assert.InRange((long)worker!["resources"]!["memory"]!["free"]!, 1, (long)worker["resources"]!["memory"]!["total"]!));
    }

    [Theory]
    [InlineData("""{"tasks":[{"key":"a","op":"add","resources":{"gpu":0}}]}""", "invalid-field", "tasks[0].resources")]
    [InlineData("""{"tasks":[{"key":"a","op":"add","resources":{"No Name":1}}]}""", "invalid-field", "tasks[0].resources")]
    [InlineData("""{"tasks":[{"key":"a","op":"add","resources":{"gpu":1.5}}]}""", "invalid-body", "tasks[0].resources.gpu")]
    [InlineData("""{"tasks":[]}""", "invalid-field", "tasks")]
    [InlineData("""{"tasks":[null]}""", "invalid-field", "tasks[0]")]
    [InlineData("""{"tasks":[{"key":"a","op":"add","dependencies":["b"]}]}""", "invalid-field", "tasks")]
    [InlineData("""{"tasks":[{"key":"a","op":"Add!"}]}""", "invalid-field", "tasks")]
    [InlineData("""{"tasks":[{"key":"a","op":"add"},{"key":"a","op":"add"}]}""", "invalid-field", "tasks")]
    [InlineData("""{"tasks":[{"key":"a","op":"add","needs":[]}]}""", "unknown-field", "tasks[0].needs")]
    public async Task Post_OfWhatIsNoGraph_IsAProblem(string body, string type, string field)
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(await cluster.Http.PostAsync("/v1/tasks", content, Cancelled), type, field);
    }

    private static async Task<JsonNode> GetAsync(ApiCluster cluster, string id) => (await cluster.Http.GetFromJsonAsync<JsonNode>($"/v1/tasks/{id}", Cancelled))!;

    private static async Task<string> SubmitAsync(ApiCluster cluster, params object[] tasks)
    {
        using var response = await cluster.Http.PostAsJsonAsync("/v1/tasks", new { tasks }, Cancelled);
        var graph = await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled);
        Assert.True((int)response.StatusCode == 202, graph!.ToString());
        return (string)graph["id"]!;
    }
}
