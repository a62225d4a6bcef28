using System.Net;
using Blaze.Storage.Api.Tests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Api.Tests.Events;

public sealed class EventEndpointTests(RedisFixture redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OfAJobThatRuns_TellsProgressAndThenItsEnd()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var source = cluster.NewFile("a", new byte[3_000_000]);
        var job = (await cluster.SubmitAsync(new { op = "HIST", sources = new[] { source } }))["id"];
        using var events = await EventReader.OpenAsync(cluster.Http, job);
        var first = await events.NextAsync();
        Assert.Equal("progress", first!.Name);
        Assert.Equal("running", (string?)first.Data["state"]);
        await cluster.StartWorkerAsync();
        var all = await events.AllAsync();
        var last = all[^1];
        Assert.Equal(("done", "end"), (last.Name, last.Id));
        Assert.Equal(3_000_000, (long?)last.Data["result"]!["counts"]![0]);
        Assert.Equal(all.Count + 1, all.Append(first).Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task Get_AtAnotherReplica_GoesOnWhereTheFirstOneStopped()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        var source = cluster.NewFile("a", new byte[3_000_000]);
        var job = (await cluster.SubmitAsync(new { op = "HIST", sources = new[] { source } }))["id"];
        var (other, _) = await cluster.StartApiAsync();
        using var http = ApiCluster.HttpTo(other);
        string seen;
        using (var events = await EventReader.OpenAsync(cluster.Http, job))
            seen = (await events.NextAsync())!.Id;
        using var rest = await EventReader.OpenAsync(http, job, seen);
        await cluster.StartWorkerAsync();
        var all = await rest.AllAsync();
        Assert.DoesNotContain(seen, all.Select(one => one.Id));
        Assert.Equal("done", all[^1].Name);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{job}/events");
        request.Headers.Add("Last-Event-ID", all[^1].Id);
        Assert.Equal(HttpStatusCode.NoContent, (await http.SendAsync(request, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Get_WhileNothingHappens_SaysThatItLives()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0, ApiCluster.Open with { Heartbeat = TimeSpan.FromMilliseconds(20) });
        var job = (await cluster.SubmitAsync(new { op = "HIST", sources = new[] { "file:///none" } }))["id"];
        using var events = await EventReader.OpenAsync(cluster.Http, job);
        await events.NextAsync();
        await events.NextAsync(untilComment: true);
        Assert.NotEmpty(events.Comments);
        Assert.All(events.Comments, comment => Assert.Equal("alive", comment));
    }

    [Fact]
    public async Task Get_OfMoreStreamsThanAllowed_IsRefusedUntilOneCloses()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0, ApiCluster.Open with { MaxEventStreams = 1 });
        var job = (await cluster.SubmitAsync(new { op = "HIST", sources = new[] { "file:///none" } }))["id"];
        using (await EventReader.OpenAsync(cluster.Http, job))
            await ProblemAssert.IsAsync(await cluster.Http.GetAsync($"/v1/jobs/{job}/events", Cancelled), "too-many-streams", null);
        await cluster.Http.DeleteAsync($"/v1/jobs/{job}", Cancelled);
        HttpResponseMessage response;
        do
            response = await cluster.Http.GetAsync($"/v1/jobs/{job}/events", Cancelled);
        while (response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Contains("event: done", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithWhatIsNoId_IsAProblem()
    {
        await using var cluster = await ApiCluster.StartAsync(redis, workers: 0);
        await ProblemAssert.IsAsync(await cluster.Http.GetAsync("/v1/jobs/none/events", Cancelled), "no-such-job", "id");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs/none/events");
        request.Headers.Add("Last-Event-ID", "7");
        await ProblemAssert.IsAsync(await cluster.Http.SendAsync(request, Cancelled), "invalid-header", "Last-Event-ID");
    }
}
