using System.Text.Json;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.SampleFunctions;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.SystemTests.Samples;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>What <c>blaze worker</c> and <c>blaze up</c> offer to those who call functions.</summary>
public sealed class RealProgramTests : IDisposable
{
    private const int Length = 300_000;
    private readonly RedisFixture _fixture;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-real-");
    private readonly string _package;

    public RealProgramTests(RedisFixture fixture)
    {
        _fixture = fixture;
        _package = _folder.CreateSubdirectory("ops").FullName;
        var assembly = typeof(SampleOperations).Assembly.Location;
        File.Copy(assembly, Path.Combine(_package, Path.GetFileName(assembly)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Worker_WithPackageTagAndCode_RunsWhatWantsThem()
    {
        var address = await _fixture.NewNamespaceAsync(Token);
        await using var client = await FutureCluster.ConnectAsync(address);
        using var plain = WorkerProcess.Start(address);
        Assert.Equal(3, await Soon(client.SubmitNamed<double>("add", 1.0, 2.0)));

        var named = client.SubmitNamed<int>("plus", 2, 3);
        var shipped = client.Submit(n => n + 1, 1);
        var tagged = client.SubmitNamed<double>("add", new CallOptions { OnlyPlaces = ["#gpu"] }, 1.0, 4.0);
        Assert.Equal(3, await Soon(client.SubmitNamed<double>("add", 0.0, 3.0)));
        Assert.All([named.Status, shipped.Status, tagged.Status], status => Assert.Equal(FutureStatus.Pending, status));
        using var able = Start(address, "--ops", _package, "--tag", "#gpu", "--allow-code");

        Assert.Equal(5, await Soon(named));
        Assert.Equal(5L, await Soon(client.SubmitNamed<long>("plus@2", 1L, 4L)));
        Assert.Equal(2, await Soon(shipped));
        Assert.Equal(5, await Soon(tagged));
        Assert.Contains(await client.WorkersAsync(Token), worker => worker.Operations.Contains("plus@2"));
    }

    [Fact]
    public async Task Worker_WithLittleMemoryAndASpillFolder_KeepsMoreThere()
    {
        var spill = _folder.CreateSubdirectory("spill");
        var address = await _fixture.NewNamespaceAsync(Token);
        await using var client = await FutureCluster.ConnectAsync(address);
        using var worker = Start(address, "--memory", "8Mi", "--spill", spill.FullName);

        var ramps = Enumerable.Range(0, 12).Select(at => client.SubmitNamed<double[]>("ramp", Length, (double)at)).ToList();

        Assert.Equal(Enumerable.Range(0, 12).Select(at => Length - 1.0 + at), (await client.GatherAsync(ramps, Token).WaitAsync(FutureCluster.Deadline, Token)).Select(array => array[^1]));
        Assert.Equal(8 << 20, Assert.Single(await client.WorkersAsync(Token)).MemoryLimit);
        Assert.NotEmpty(spill.EnumerateFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Up_WithPackageTagCodeAndMemory_GivesThemToItsWorkers()
    {
        // Where there is a server there is one for a cluster of its own.
        await _fixture.NewNamespaceAsync(Token);
        var spill = _folder.CreateSubdirectory("spill");
        var up = await BlazeAsync(
            "up", "--detach", "--no-cache", "--no-api", "--ops", _package, "--tag", "#gpu", "--allow-code", "--memory", "64Mi", "--resource", "gpu=2", "--spill", spill.FullName);
        Assert.True(up.Code == 0, up.Error);
        try
        {
            using var record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "blaze", "cluster.json"), Token));
            await using var client = await FutureCluster.ConnectAsync(CenterAddress.Parse(record.RootElement.GetProperty("center").GetString()!));
            Assert.Equal(5, await Soon(client.SubmitNamed<int>("plus", new CallOptions { OnlyPlaces = ["#gpu"] }, 2, 3)));
            Assert.Equal(2, await Soon(client.Submit(n => n + 1, 1, new CallOptions { Resources = new Dictionary<string, long> { ["gpu"] = 2 } })));
            var worker = Assert.Single(await client.WorkersAsync(Token));
            Assert.Equal((64 << 20, "gpu=2,memory=64Mi"), (worker.MemoryLimit, worker.Resources.ToString()));
            Assert.NotEmpty(spill.EnumerateDirectories());
        }
        finally
        {
            Assert.Equal(0, (await BlazeAsync("down")).Code);
        }
    }

    [Theory]
    [InlineData("--ops", "/nonexistent", "/nonexistent")]
    [InlineData("--tag", "gpu", "'#'")]
    public async Task Up_WithSomethingNoWorkerCouldOffer_SaysSoAtOnce(string option, string value, string expected)
    {
        var (code, _, error) = await BlazeAsync("up", option, value);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static WorkerProcess Start(CenterAddress address, params string[] arguments) =>
        WorkerProcess.Start(address, arguments, ("BLAZE_CLUSTER_KEY", FutureCluster.KeyText));

    private static Task<T> Soon<T>(Future<T> future) => future.ResultAsync(Token).WaitAsync(FutureCluster.Deadline, Token);

    private Task<(int Code, string Output, string Error)> BlazeAsync(params string[] arguments) => BlazeCommand.RunAsync(
        "blaze.dll", arguments, [("XDG_RUNTIME_DIR", _folder.FullName), ("BLAZE_CENTER", ""), ("BLAZE_CLUSTER_KEY", FutureCluster.KeyText)]);
}
