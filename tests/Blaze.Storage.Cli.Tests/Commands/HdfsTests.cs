using System.Text.Json;
using Blaze.Storage.Cli.Tests.BadInputs;
using Blaze.Storage.Cli.Tests.Cluster;
using Blaze.Storage.TestKit.WebHdfs;

namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>The real program with its settings in a file, over a cluster that speaks WebHDFS and whose second name node is the active one.</summary>
public sealed class HdfsTests : IAsyncLifetime
{
    private const int Length = 2_500_000;
    private readonly Sandbox _sandbox = new();
    private WebHdfsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        TestServers.Get(TestServers.Garnet);
        _server = await WebHdfsServer.StartAsync();
        _server.ActiveNameNode = "name1";
        var nodes = string.Join(", ", _server.NameNodes.Select(node => $"\"{node}\""));
        await File.WriteAllTextAsync(_sandbox.Data("options.json"), $$"""{ "hdfs": { "nameServices": { "prod": [ {{nodes}} ] }, "user": "hdfs" } }""");
        _sandbox.Environment["BLAZE_OPTIONS"] = _sandbox.Data("options.json");
        var content = new byte[Length];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(_sandbox.Data("a.bin"), content);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _sandbox.Dispose();
    }

    [Fact]
    public async Task Commands_OverACluster_DoWhatTheyDoOverAFolder()
    {
        await DoneAsync("cp", "a.bin", "hdfs://prod/data/a.bin");
        Assert.Equal(Length, Json(await DoneAsync("ls", "--json", "hdfs://prod/data")).GetProperty("length").GetInt64());

        var local = Json(await DoneAsync("hist", "--json", "--no-cache", "a.bin"));
        var remote = Json(await DoneAsync("hist", "--json", "--cache", "webhdfs://prod/cache", "webhdfs://prod/data/*.bin"));
        Assert.Equal(local.GetProperty("counts").GetRawText(), remote.GetProperty("counts").GetRawText());
        Assert.Equal(Length, remote.GetProperty("bytes").GetProperty("read").GetInt64());

        var again = Json(await DoneAsync("hist", "--json", "--cache", "webhdfs://prod/cache", "webhdfs://prod/data/a.bin"));
        Assert.Equal(0, again.GetProperty("bytes").GetProperty("read").GetInt64());
    }

    [Fact]
    public async Task Question_NoSuchFile_IsRefused() =>
        (await _sandbox.RunAsync(null, "hist", "hdfs://prod/nothing")).AssertRefused(ExitCodes.Failed, "hdfs://prod/nothing|does not exist");

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var outcome = await _sandbox.RunAsync(null, arguments);
        Assert.True(outcome.ExitCode == ExitCodes.Done, outcome.ToString());
        return outcome.Results;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
