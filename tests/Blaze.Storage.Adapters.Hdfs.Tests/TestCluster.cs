using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.WebHdfs;

namespace Blaze.Storage.Adapters.Hdfs.Tests;

/// <summary>A cluster of a test's own, and a store on it by the logical name <c>cluster</c>.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private TestCluster(WebHdfsServer server, HdfsStore store)
    {
        Server = server;
        Store = store;
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public WebHdfsServer Server { get; }

    public HdfsStore Store { get; }

    /// <summary>What nodes were asked, in order, as <c>node operation</c>.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<TestCluster> StartAsync(
        WebHdfsServerOptions? server = null, Func<HdfsOptions, HdfsOptions>? options = null, string scheme = "hdfs", TimeProvider? timeProvider = null)
    {
        var started = await WebHdfsServer.StartAsync(server);
        var usual = new HdfsOptions
        {
            User = "alice",
            NameServices = new Dictionary<string, IReadOnlyList<string>> { ["cluster"] = started.NameNodes },
        };
        return new TestCluster(started, new HdfsStore(scheme, options is null ? usual : options(usual), timeProvider));
    }

    public ResourceUri Uri(string path) => ResourceUri.Create(Store.Scheme, "cluster", "/"u8).Append(path);

    /// <summary>Writes down what nodes are asked from now on, and lets a test decide about it.</summary>
    public void Watch(Func<WebHdfsRequest, WebHdfsFault?>? fault = null) => Server.Fault = request =>
    {
        lock (Asked)
            Asked.Add($"{request.Node} {request.Operation}");
        return fault?.Invoke(request);
    };

    /// <summary>Every name in the cluster, hidden ones included.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync()
    {
        using var client = new HttpClient();
        var found = new List<string>();
        await AddAsync("");
        return found;

        async Task AddAsync(string path)
        {
            var url = $"http://{Server.NameNodes[0]}/webhdfs/v1{string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString))}?op=LISTSTATUS&user.name=hdfs";
            using var json = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(url, Token));
            foreach (var entry in json.RootElement.GetProperty("FileStatuses").GetProperty("FileStatus").EnumerateArray())
            {
                var name = $"{path}/{entry.GetProperty("pathSuffix").GetString()}";
                if (entry.GetProperty("type").GetString() == "FILE")
                    found.Add(name);
                else
                    await AddAsync(name);
            }
        }
    }

    public async Task<ObjectStoreException> FailsAsync(ObjectStoreErrorKind kind, Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(action);
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(Store.Scheme, failure.Store);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        return failure;
    }

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await Server.DisposeAsync();
    }
}
