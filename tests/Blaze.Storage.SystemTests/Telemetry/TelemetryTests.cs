using System.Net;
using System.Net.Http.Json;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.SystemTests.Rest;
using Blaze.Storage.SystemTests.Samples;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>What the programs tell a receiver of OTLP, as users run them.</summary>
public sealed class TelemetryTests(RedisFixture fixture)
{
    private const int Length = 3 << 20;

    // What ASP.NET Core calls a request.
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [Fact]
    public async Task Question_ToAClusterThatTells_IsOneTraceFromSubmissionToReads()
    {
        using var files = new SourceFiles();
        await using var receiver = await OtlpReceiver.StartAsync();
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        using var worker = WorkerProcess.Start(address, receiver.Environment);

        var asked = await BlazeCommand.RunAsync(address, receiver.Environment, "hist", files.Random("a", Length, seed: 1), "--json", "--no-cache");

        Assert.True(asked.Code == 0, asked.Error);
        var (spans, _) = await receiver.WaitAsync((spans, _) => Named(spans, "task chunk").Any() && Named(spans, "read").Any() && Named(spans, "submit").Any());
        var submit = Assert.Single(Named(spans, "submit"));
        Assert.Equal("HIST", submit.Tags["blaze.operation"]);
        Assert.Equal(submit.Id, Assert.Single(Named(spans, "task plan")).Parent);
        var chunks = Named(spans, "task chunk").ToDictionary(span => span.Id);
        Assert.All(chunks.Values, chunk => Assert.Equal((submit.Id, "done", submit.Tags["blaze.job"]), (chunk.Parent, chunk.Tags["blaze.outcome"], chunk.Tags["blaze.job"])));
        var reads = Named(spans, "read").Where(read => chunks.ContainsKey(read.Parent)).ToList();
        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.Equal("file", read.Tags["blaze.store"]));
        Assert.All(spans.Where(span => span.Name != "submit"), span => Assert.Equal(submit.Trace, span.Trace));
    }

    [Fact]
    public async Task Call_RunByAWorkerThatTells_IsASpan()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        using var worker = WorkerProcess.Start(address, receiver.Environment);

        var called = await BlazeCommand.RunAsync(address, receiver.Environment, "run", "add", "1", "2");

        Assert.True(called.Code == 0, called.Error);
        var (spans, _) = await receiver.WaitAsync((spans, _) => Named(spans, "task call").Any());
        Assert.Equal("done", Assert.Single(Named(spans, "task call")).Tags["blaze.outcome"]);
    }

    [Fact]
    public async Task Question_AskedTwice_IsCountedByWhatItRead()
    {
        using var files = new SourceFiles();
        await using var receiver = await OtlpReceiver.StartAsync();
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        using var worker = WorkerProcess.Start(address, receiver.Environment);
        var path = files.Random("a", Length, seed: 2);

        await BlazeCommand.RunAsync(address, "hist", path, "--json", "--no-cache");
        await BlazeCommand.RunAsync(address, "hist", path, "--json", "--no-cache");

        var (_, series) = await receiver.WaitAsync((_, series) => Value(series, "blaze.source.read", "from", "cache") == Length);
        Assert.Equal(Length, Value(series, "blaze.source.read", "from", "local"));
        Assert.Equal(2, Value(series, "blaze.tasks.ended", "kind", "plan"));
        Assert.Equal(Value(series, "blaze.tasks.ended", "kind", "chunk"), Value(series, "blaze.cache.blocks", "result", "miss"));
        Assert.True(Value(series, "blaze.cache.blocks", "result", "hit") > 0);
        Assert.Equal(1, series.Single(one => one.Name == "blaze.slots").Value);
        Assert.Equal(0, series.Single(one => one.Name == "blaze.tasks.running").Value);
    }

    [Fact]
    public async Task Request_InATrace_HasItsJobsTasksInIt()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var files = new SourceFiles();
        await using var receiver = await OtlpReceiver.StartAsync();
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        using var worker = WorkerProcess.Start(address, receiver.Environment);
        using var api = await ApiProcess.StartAsync(address, files.Folder, receiver.Environment);

        await SubmitAsync(api, files.Random("a", Length, seed: 3), Trace);

        var (spans, _) = await receiver.WaitAsync((spans, _) => Named(spans, "task chunk").Any() && Named(spans, "submit").Any() && spans.Any(span => span.Name == Request));
        var request = Assert.Single(spans, span => span.Name == Request);
        Assert.Equal(request.Id, Assert.Single(Named(spans, "submit")).Parent);
        Assert.All([request, .. Named(spans, "task plan"), .. Named(spans, "task chunk")], span => Assert.Equal(Trace, span.Trace));
    }

    [Fact]
    public async Task Dashboard_ItsQueries_NameWhatIsSent()
    {
        using var files = new SourceFiles();
        await using var receiver = await OtlpReceiver.StartAsync();
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        using var worker = WorkerProcess.Start(address, receiver.Environment);
        using var api = await ApiProcess.StartAsync(address, files.Folder, receiver.Environment);
        await SubmitAsync(api, files.Random("a", Length, seed: 4), trace: null);
        var asked = Dashboard.MetricsOf("blaze.json");
        Assert.True(asked.Count > 10);

        // A call that is long enough for its lease to be renewed is not worth the wait here; that one is named by hand.
        string[] named = ["blaze_leases_total"];
        await receiver.WaitAsync((_, series) => asked.Except(named).ToHashSet().IsSubsetOf(series.SelectMany(PrometheusNames.Of)));
    }

    [Fact]
    public async Task Command_WithAReceiverThatIsNoAddress_SaysSo()
    {
        var address = await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken);
        var (code, _, error) = await BlazeCommand.RunAsync(address, [("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")], "workers");
        Assert.Equal(2, code);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_OfAClientThatTellsNobody_LeavesNothingOfATraceInTheCenter()
    {
        using var files = new SourceFiles();
        await using var cluster = await TestCluster.StartAsync(await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken), workers: 0);
        var job = await cluster.Client.SubmitAsync(SourceFiles.Question("HIST", files.Random("a", 1, seed: 1)), 0, TestContext.Current.CancellationToken);
        Assert.Null((await cluster.Client.GetJobAsync(job.Id, TestContext.Current.CancellationToken))!.Spec.Trace);
    }

    private static async Task SubmitAsync(ApiProcess api, string path, string? trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs");
        request.Content = JsonContent.Create(new { op = "HIST", sources = new[] { ResourceUri.FromLocalPath(path).ToString() } });
        if (trace is not null)
            request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static IEnumerable<Span> Named(IReadOnlyList<Span> spans, string name) => spans.Where(span => span.Name == name);

    private static double Value(IReadOnlyList<Series> series, string name, string tag, string value) =>
        series.Where(one => one.Name == name && one.Tags.GetValueOrDefault(tag) == value).Sum(one => one.Value);
}
