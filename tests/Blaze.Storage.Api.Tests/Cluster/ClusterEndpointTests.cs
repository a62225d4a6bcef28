using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Cluster;

public sealed class ClusterEndpointTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_WhileNobodyWorks_SaysWhatWaitsAndForHowLong()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        for (var number = 0; number < 3; number++)
            await cluster.SubmitAsync(new { op = "HIST", sources = new[] { $"file:///{number}" } });
        var state = await cluster.Http.GetFromJsonAsync<JsonNode>("/v1/cluster", Cancelled);
        Assert.Equal(3, (int)state!["queue"]!["ready"]!);
        Assert.True((double)state["queue"]!["oldestSeconds"]! >= 0);
        Assert.Equal(0, (int)state["slots"]!);
    }

    [Fact]
    public async Task Get_WhileCallsWait_SaysForHowLongAsWell()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        using var posted = await cluster.Http.PostAsJsonAsync("/v1/tasks", new { tasks = new[] { new { key = "a", op = "add", args = new[] { 1, 2 } } } }, Cancelled);
        Assert.True(posted.IsSuccessStatusCode);
        var first = await AgeAsync(cluster);
        double later;
        do
        {
            later = await AgeAsync(cluster);
        }
        while (later == 0);
        Assert.True(later > first);
    }

    [Fact]
    public async Task Get_AfterWork_SaysWhoDidItAndHowMuchWasKnown()
    {
        await using var cluster = await ApiCluster.StartAsync(redis);
        var source = cluster.NewFile("a", new byte[100_000]);
        await cluster.FinishAsync(new { op = "HIST", sources = new[] { source } });
        await cluster.FinishAsync(new { op = "HIST", sources = new[] { source } });
        var state = await cluster.Http.GetFromJsonAsync<JsonNode>("/v1/cluster", Cancelled);
        Assert.Equal(0, (int)state!["queue"]!["ready"]!);
        Assert.Equal(0.5, (double)state["rates"]!["cachedShare"]!);
        var workers = await cluster.Http.GetFromJsonAsync<JsonNode>("/v1/workers", Cancelled);
        Assert.Equal(2, (int)workers!["workers"]![0]!["slots"]!);
    }

    private static async Task<double> AgeAsync(ApiCluster cluster)
    {
        var state = await cluster.Http.GetFromJsonAsync<JsonNode>("/v1/cluster", Cancelled);
        Assert.Equal(1, (int)state!["queue"]!["ready"]!);
        return (double)state["queue"]!["oldestSeconds"]!;
    }
}
