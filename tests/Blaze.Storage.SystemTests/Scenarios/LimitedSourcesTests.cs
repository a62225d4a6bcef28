using System.Net;
using System.Net.Sockets;
using Blaze.Storage.Adapters.Hdfs;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Scenarios;

/// <summary>Jobs of people who may not have all that a worker can reach.</summary>
public sealed class LimitedSourcesTests(RedisFixture redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_OverLinksThatStayInside_IsAnswered()
    {
        using var files = new SourceFiles();
        Directory.CreateDirectory(files.PathOf("open/deep"));
        files.Random("open/deep/a.bin", 100_000, 1);
        File.CreateSymbolicLink(files.PathOf("open/link.bin"), files.PathOf("open/deep/a.bin"));
        Directory.CreateSymbolicLink(files.PathOf("entrance"), files.PathOf("open"));
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token));

        foreach (var (source, folder) in new[] { ("open/link.bin", "open"), ("open", "open"), ("entrance/*.bin", "entrance"), ("entrance/deep/a.bin", "entrance"), ("open/deep/a.bin", "entrance") })
        {
            var last = await RunAsync(cluster, files.PathOf(source), files.PathOf(folder));
            Assert.Equal((JobState.Done, null), (last.State, last.Error?.Message));
        }
    }

    [Fact]
    public async Task Job_OverAnythingOutside_FailsBeforeAByteIsRead()
    {
        using var files = new SourceFiles();
        Directory.CreateDirectory(files.PathOf("open/deep"));
        Directory.CreateDirectory(files.PathOf("open-too"));
        Directory.CreateDirectory(files.PathOf("linked"));
        files.Random("open/a.bin", 1000, 1);
        files.Random("open-too/b.bin", 1000, 2);
        files.Random("secret.bin", 1000, 3);
        files.Random("linked/c.bin", 1000, 4);
        File.CreateSymbolicLink(files.PathOf("open/deep/out.bin"), files.PathOf("secret.bin"));
        Directory.CreateSymbolicLink(files.PathOf("open/deep/out"), files.PathOf("linked"));
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token));

        string[] sources =
        [
            "secret.bin", "open-too", "open-too/b.bin", "*", "open*/b.bin", "**/b.bin", "open/../secret.bin", "open/%2e%2e/secret.bin",
            "open/deep/out.bin", "open/deep/out", "open/deep/out/c.bin", "open/deep/out/*", "open", "open/deep/*", "no-such-file",
        ];
        foreach (var source in sources)
        {
            var last = await RunAsync(cluster, $"file://{files.Folder}/{source}", files.PathOf("open"));
            Assert.Equal((source, JobState.Failed, "PermissionDenied"), (source, last.State, last.Error?.Kind));
        }

        Assert.Equal(0, cluster.Sources.BytesRead);
    }

    [Fact]
    public async Task Job_WithoutFolders_ReadsNoLocalFile()
    {
        using var files = new SourceFiles();
        var path = files.Random("a.bin", 1000, 1);
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token));

        var last = await RunAsync(cluster, path);

        Assert.Equal((JobState.Failed, "PermissionDenied", 0L), (last.State, last.Error?.Kind, cluster.Sources.BytesRead));
    }

    [Fact]
    public async Task Job_WhoseLinkIsTurnedElsewhereAfterPlanning_ReadsNothingOfTheOther()
    {
        using var files = new SourceFiles();
        Directory.CreateDirectory(files.PathOf("open"));
        files.Random("open/a.bin", 200_000, 1);
        var secret = files.Random("secret.bin", 200_000, 2);
        var link = files.PathOf("open/link.bin");
        File.CreateSymbolicLink(link, files.PathOf("open/a.bin"));
        var store = new TurningStore(() =>
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, secret);
        });
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), store, null);

        var last = await RunAsync(cluster, link, files.PathOf("open"));

        Assert.Equal((JobState.Failed, "PreconditionFailed", 0L), (last.State, last.Error?.Kind, cluster.Sources.BytesRead));
    }

    [Theory]
    [InlineData("hdfs://{0}/data")]
    [InlineData("hdfs://localhost:{1}/data")]
    [InlineData("hdfs://LOCALHOST:{1}/data/*")]
    public async Task Job_AtAnHdfsThatTheSettingsDoNotName_LeavesItAlone(string source)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var store = new HdfsStore("hdfs", new HdfsOptions { NameServices = new Dictionary<string, IReadOnlyList<string>> { ["prod"] = ["127.0.0.1:1"] } });
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), store, null);

        var last = await RunAsync(cluster, string.Format(System.Globalization.CultureInfo.InvariantCulture, source, listener.LocalEndpoint, ((IPEndPoint)listener.LocalEndpoint).Port));

        Assert.Equal((JobState.Failed, "PermissionDenied"), (last.State, last.Error?.Kind));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Job_OverABucketWithoutSettingsForS3_IsRefused()
    {
        using var store = new S3Store(new S3Options());
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), store, null);

        var last = await RunAsync(cluster, "s3://bucket/key");

        Assert.Equal((JobState.Failed, "PermissionDenied"), (last.State, last.Error?.Kind));
    }

    [Theory]
    [InlineData("s3://bucket/other/key", "PermissionDenied")]
    [InlineData("s3://bucket/logs-2/key", "PermissionDenied")]
    [InlineData("s3://bucket/logs/../other/key", "PermissionDenied")]
    [InlineData("s3://bucket/logs/%2E%2e/other/key", "PermissionDenied")]
    [InlineData("s3://bucket/log*/key", "PermissionDenied")]
    [InlineData("s3://BUCKET/logs/key", "PermissionDenied")]
    [InlineData("s3://127.0.0.1:80/logs/key", "PermissionDenied")]
    public async Task Job_OutsideItsPrefixes_LeavesTheStoreAlone(string source, string kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var store = new S3Store(new S3Options { Endpoint = new Uri($"http://{listener.LocalEndpoint}"), PathStyle = true, AccessKey = "a", SecretKey = "b" });
        await using var cluster = await TestCluster.StartAsync(await redis.NewNamespaceAsync(Token), store, null);
        var spec = Question(source) with { Limits = new SourceLimits([], ["s3://bucket/logs"]) };

        var last = await (await cluster.Client.SubmitAsync(spec, 0, Token)).WaitAsync(Token);

        Assert.Equal((JobState.Failed, kind), (last.State, last.Error?.Kind));
        Assert.False(listener.Pending());
    }

    private static JobSpec Question(string source) => new("HIST", new Dictionary<string, string>(), [source], null, null);

    private static async Task<JobSnapshot> RunAsync(TestCluster cluster, string source, params string[] folders)
    {
        var spec = Question(source) with { Limits = new SourceLimits([.. folders.Select(folder => ResourceUri.FromLocalPath(folder).ToString())]) };
        return await (await cluster.Client.SubmitAsync(spec, 0, Token)).WaitAsync(Token);
    }

    // Acts once, right after the planner has looked at where a file really lies.
    private sealed class TurningStore(Action turn) : ForwardingStore(new LocalFileStore())
    {
        private bool _isTurned;

        public override ResourceUri RealLocation(ResourceUri uri, string? ifMatch)
        {
            var real = base.RealLocation(uri, ifMatch);
            if (ifMatch is not null && !_isTurned)
            {
                _isTurned = true;
                turn();
            }

            return real;
        }
    }
}
