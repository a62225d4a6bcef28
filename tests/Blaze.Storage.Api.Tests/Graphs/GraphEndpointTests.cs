using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

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

    [Theory]
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
}
