using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Api.Tests.Harness;

/// <summary>A worker and the REST endpoint in this process, on a real center, in a namespace of their own.</summary>
internal sealed class ApiCluster : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-api-test-");
    private readonly List<Task> _workers = [];

    private ApiCluster(CenterAddress address) => Center = address;

    /// <summary>What opens every local file to everybody.</summary>
    public static ApiOptions Open { get; } = new() { Access = new AccessOptions { Folders = ["/"] } };

    public CenterAddress Center { get; }

    public HttpClient Http { get; private set; } = null!;

    public BlazeClient Client { get; private set; } = null!;

    public ApiServer Server { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ApiCluster> StartAsync(RedisFixture redis, int workers = 1, ApiOptions? options = null)
    {
        var cluster = new ApiCluster(await redis.NewNamespaceAsync(Cancelled));
        for (var started = 0; started < workers; started++)
            await cluster.StartWorkerAsync();
        (cluster.Server, cluster.Client) = await cluster.StartApiAsync(options);
        cluster.Http = HttpTo(cluster.Server);
        return cluster;
    }

    public async Task StartWorkerAsync(WorkerOptions? options = null)
    {
        var center = await CenterConnection.ConnectAsync(Center, Cancelled);
        _parts.Add(center);
        var worker = new Worker.Worker(center, new ObjectStoreRegistry(new LocalFileStore()), null, options ?? new WorkerOptions { Slots = 2 });
        _workers.Add(Task.Run(() => worker.RunAsync(_stop.Token)));
    }

    /// <summary>Another replica.</summary>
    public async Task<(ApiServer Server, BlazeClient Client)> StartApiAsync(ApiOptions? options = null)
    {
        var client = await BlazeClient.ConnectAsync(Center, new BlazeClientOptions(), Cancelled);
        _parts.Add(client);
        var server = await ApiServer.StartAsync(client, (options ?? Open) with { Listen = new Uri("http://127.0.0.1:0") }, null, Cancelled);
        _parts.Add(server);
        return (server, client);
    }

    public static HttpClient HttpTo(ApiServer server) => new() { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>A file to ask about, as a URI.</summary>
    public string NewFile(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return ResourceUri.FromLocalPath(path).ToString();
    }

    public async Task<JsonNode> SubmitAsync(object body)
    {
        using var response = await Http.PostAsJsonAsync("/v1/jobs", body, Cancelled);
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled);
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, $"{response.StatusCode} {answer}");
        return answer!;
    }

    /// <summary>Submits a job and waits for its end.</summary>
    public async Task<string> FinishAsync(object body)
    {
        var id = (string)(await SubmitAsync(body))["id"]!;
        await Client.Attach(id).WaitAsync(Cancelled);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        _parts.Reverse();
        foreach (var part in _parts)
            await part.DisposeAsync();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }
}
