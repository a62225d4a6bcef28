using System.Text.Json;
using Blaze.Storage.Cli.Tests.BadInputs;
using Blaze.Storage.Cli.Tests.Cluster;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Cli.Tests.Commands;

/// <summary>The real program with its settings in the environment, over a real S3 server.</summary>
public sealed class BucketTests(S3Fixture s3) : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private string _bucket = "";

    public async ValueTask InitializeAsync()
    {
        TestServers.Get(TestServers.Garnet);
        var server = await s3.ServerAsync(TestContext.Current.CancellationToken);
        _bucket = "s3://" + await server.NewBucketAsync(TestContext.Current.CancellationToken);
        _sandbox.Environment["AWS_ENDPOINT_URL_S3"] = server.Endpoint.ToString();
        _sandbox.Environment["AWS_REGION"] = "us-east-1";
        _sandbox.Environment["AWS_ACCESS_KEY_ID"] = server.AccessKey;
        _sandbox.Environment["AWS_SECRET_ACCESS_KEY"] = server.SecretKey;
        _sandbox.Environment["BLAZE_S3_PATH_STYLE"] = "true";
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(_sandbox.Data("a.bin"), content);
        await File.WriteAllBytesAsync(_sandbox.Data("b.bin"), content.AsMemory(0, 1_000_000));
    }

    public ValueTask DisposeAsync()
    {
        _sandbox.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Commands_OverABucket_DoWhatTheyDoOverAFolder()
    {
        await DoneAsync("cp", "a.bin", "b.bin", _bucket + "/logs/");
        var listed = await DoneAsync("ls", "--json", _bucket + "/logs/");
        Assert.Equal([3_000_000L, 1_000_000L], listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Json(line).GetProperty("length").GetInt64()));

        var local = Json(await DoneAsync("hist", "--json", "--no-cache", "a.bin", "b.bin"));
        var remote = Json(await DoneAsync("hist", "--json", "--no-cache", _bucket + "/logs/*.bin"));
        Assert.Equal(Counts(local), Counts(remote));
        Assert.Equal(4_000_000, remote.GetProperty("bytes").GetProperty("remote").GetInt64());
        Assert.Equal(4_000_000, local.GetProperty("bytes").GetProperty("local").GetInt64());

        await DoneAsync("cp", _bucket + "/logs/a.bin", "back.bin");
        Assert.Equal(await ReadAsync("a.bin"), await ReadAsync("back.bin"));
    }

    [Fact]
    public async Task SameQuestion_ResultsInABucket_ReadsNoByteInANewCluster()
    {
        await DoneAsync("cp", "a.bin", _bucket + "/a");
        var first = Json(await DoneAsync("hist", "--json", "--cache", _bucket + "/cache", _bucket + "/a"));
        var second = Json(await DoneAsync("hist", "--json", "--cache", _bucket + "/cache", _bucket + "/a"));

        Assert.Equal(3_000_000, first.GetProperty("bytes").GetProperty("read").GetInt64());
        Assert.Equal(0, second.GetProperty("bytes").GetProperty("read").GetInt64());
        Assert.Equal(Counts(first), Counts(second));
    }

    [Fact]
    public async Task SameBytes_WithABlockCache_AreReadFromThisMachineTheSecondTime()
    {
        await DoneAsync("cp", "a.bin", _bucket + "/a");
        var first = Json(await DoneAsync("hist", "--json", "--no-cache", "--block-cache", "64Mi", _bucket + "/a"));
        var second = Json(await DoneAsync("ent", "--json", "--no-cache", "--block-cache", "64Mi", _bucket + "/a"));

        Assert.InRange(first.GetProperty("bytes").GetProperty("remote").GetInt64(), 1, 3_000_000);
        Assert.Equal(0, second.GetProperty("bytes").GetProperty("remote").GetInt64());
        Assert.Equal(3_000_000, second.GetProperty("bytes").GetProperty("local").GetInt64());
    }

    [Fact]
    public async Task Question_WrongKeys_IsRefusedWithoutThem()
    {
        _sandbox.Environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret-of-this-server";

        var outcome = await _sandbox.RunAsync(null, "hist", _bucket + "/a");

        outcome.AssertRefused(ExitCodes.Failed, _bucket + "/a|keys");
        Assert.DoesNotContain("not-the-secret", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_ServerThatIsNotThere_IsRefused()
    {
        // Nothing listens at the lowest port.
        _sandbox.Environment["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:1";

        (await _sandbox.RunAsync(null, "hist", _bucket + "/a")).AssertRefused(ExitCodes.Failed, _bucket + "/a|endpoint");
    }

    [Fact]
    public async Task Question_CacheThatIsNotThere_IsAnsweredWithOneWarning()
    {
        _sandbox.Environment["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:1";

        var outcome = await _sandbox.RunAsync(null, "hist", "--json", "--cache", _bucket + "/cache", "a.bin");

        Assert.True(outcome.ExitCode == ExitCodes.Done && outcome.Results.Length > 0, outcome.ToString());
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains("/cache", StringComparison.Ordinal));
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var outcome = await _sandbox.RunAsync(null, arguments);
        Assert.True(outcome.ExitCode == ExitCodes.Done, outcome.ToString());
        return outcome.Results;
    }

    private Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(_sandbox.Data(name), TestContext.Current.CancellationToken);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string Counts(JsonElement result) => result.GetProperty("counts").GetRawText();
}
