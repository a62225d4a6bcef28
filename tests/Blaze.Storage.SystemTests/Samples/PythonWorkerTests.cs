using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Samples;

/// <summary>A worker in another language, called from C#.</summary>
public abstract class PythonWorkerTests(ServerFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_OperationsInPython_GiveTheirValues()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address);
        await using var blaze = await ConnectAsync(address);

        var counts = blaze.SubmitNamed<Dictionary<string, int>>("wordcount", "The cat, the dog; the Öl.");
        var sum = blaze.SubmitNamed<double>("py-sum", new[] { 1.5, 2.5, -1 });
        byte[] bytes = [0, 255, 10];

        Assert.Equal(new() { ["the"] = 3, ["cat"] = 1, ["dog"] = 1, ["öl"] = 1 }, await Of(counts));
        Assert.Equal(3, await Of(sum));
        Assert.Equal([10, 255, 0], await Of(blaze.SubmitNamed<byte[]>("reverse", bytes)));
    }

    [Fact]
    public async Task Submit_FuturesAndLists_ArriveAsValues()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address);
        await using var blaze = await ConnectAsync(address);
        var parts = Enumerable.Range(1, 20).Select(n => blaze.SubmitNamed<int>("py-sum", new List<int> { n, n })).ToList();

        Assert.Equal(420, await Of(blaze.SubmitNamed<int>("py-sum", parts)));
        Assert.Equal("(20, 'x', None, True)", await Of(blaze.SubmitNamed<string>("describe", blaze.SubmitNamed<int>("py-sum", new List<int> { 20 }), "x", null, true)));
    }

    [Fact]
    public async Task Submit_LargeValueOfAnotherWorker_ArrivesToo()
    {
        var address = await StartAsync();
        await using var python = await PythonWorker.StartAsync(address);
        await using var cluster = await TestCluster.StartAsync(address);

        var large = cluster.Client.SubmitNamed<double[]>("ramp", 50_000, 1.0);

        Assert.Equal(50_000 * 50_001.0 / 2, await Of(cluster.Client.SubmitNamed<double>("py-sum", large)));
    }

    [Fact]
    public async Task Run_OnTheCommandLine_PrintsTheValue()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address);

        Assert.Equal((0, "{\"one\":2,\"two\":1}\n", ""), await BlazeCommand.RunAsync(address, "run", "wordcount", "one two one"));
        var (code, _, error) = await BlazeCommand.RunAsync(address, "run", "fail", "that");
        Assert.Equal(1, code);
        Assert.Contains("no, not that", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ArraysOfEachKind_ArriveAsLists()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address);
        await using var blaze = await ConnectAsync(address);

        var described = blaze.SubmitNamed<string>("describe", new sbyte[] { -1 }, new ushort[] { 65535 }, new[] { long.MinValue }, new[] { 0.5f }, new[] { true, false }, Array.Empty<int>());

        Assert.Equal("([-1], [65535], [-9223372036854775808], [0.5], [True, False], [])", await Of(described));
    }

    [Fact]
    public async Task Submit_FunctionThatRaises_GivesTypeMessageAndStack()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address);
        await using var blaze = await ConnectAsync(address);

        var problem = await Assert.ThrowsAsync<RemoteException>(() => Of(blaze.SubmitNamed<int>("fail", "this")));

        Assert.Equal(("ValueError", "no, not this"), (problem.Error.Type, problem.Error.Message));
        Assert.Contains("in fail", problem.Error.Stack, StringComparison.Ordinal);
        Assert.Equal(6, await Of(blaze.SubmitNamed<int>("py-sum", new List<int> { 6 })));
    }

    [Fact]
    public async Task Submit_WithRetriesAndATimeLimit_TriesAgainAndGivesUp()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address, waits: true);
        await using var blaze = await ConnectAsync(address);
        var options = new CallOptions { TimeLimit = TimeSpan.FromMilliseconds(100), Retries = new RetryPolicy(1, TimeSpan.Zero) };

        var problem = await Assert.ThrowsAsync<RemoteException>(() => Of(blaze.SubmitNamed<int>("who", options, 600)));

        Assert.Equal("TimeoutError", problem.Error.Type);
        Assert.Equal("started", await worker.NextLineAsync());
        Assert.Equal("started", await worker.NextLineAsync());
    }

    [Fact]
    public async Task Submit_WorkerIsKilled_SecondOneFinishes()
    {
        var address = await StartAsync();
        await using var first = await PythonWorker.StartAsync(address, waits: true);
        await using var blaze = await ConnectAsync(address);
        var future = blaze.SubmitNamed<int>("who", 600);
        Assert.Equal("started", await first.NextLineAsync());

        await first.KillAsync();
        await using var second = await PythonWorker.StartAsync(address);

        Assert.Equal(second.Id, await Of(future));
    }

    [Fact]
    public async Task Stop_WhileAFunctionRuns_GivesItBackAndLeaves()
    {
        var address = await StartAsync();
        await using var first = await PythonWorker.StartAsync(address, waits: true);
        await using var blaze = await ConnectAsync(address);
        var future = blaze.SubmitNamed<int>("who", 600);
        Assert.Equal("started", await first.NextLineAsync());

        Assert.Equal(0, await first.StopAsync());
        Assert.Empty(await blaze.WorkersAsync(Token));
        await using var second = await PythonWorker.StartAsync(address);

        Assert.Equal(second.Id, await Of(future));
    }

    [Fact]
    public async Task Cancel_WhileAFunctionRuns_FreesTheWorker()
    {
        var address = await StartAsync();
        await using var worker = await PythonWorker.StartAsync(address, waits: true);
        await using var blaze = await ConnectAsync(address);
        var future = blaze.SubmitNamed<int>("who", 600);
        Assert.Equal("started", await worker.NextLineAsync());

        await blaze.CancelAsync(future);

        Assert.Equal(worker.Id, await Of(blaze.SubmitNamed<int>("who", 0)));
    }

    [Fact]
    public async Task Ask_BesideAWorkerThatKnowsNoChunks_IsAnswered()
    {
        var address = await StartAsync();
        await using var python = await PythonWorker.StartAsync(address);
        await using var cluster = await TestCluster.StartAsync(address);
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, new byte[1_000_000], Token);

        var sums = Enumerable.Range(0, 100).Select(n => cluster.Client.SubmitNamed<int>("py-sum", new List<int> { n })).ToList();
        var answer = await cluster.AnswerAsync(new JobSpec("HIST", new Dictionary<string, string>(), [new Uri(file).AbsoluteUri], null, null));

        Assert.Equal(JobState.Done, answer.State);
        Assert.Equal(Enumerable.Range(0, 100), await cluster.Client.GatherAsync(sums, Token).WaitAsync(Deadline, Token));
        File.Delete(file);
    }

    private static Task<T> Of<T>(Future<T> future) => future.ResultAsync(Token).WaitAsync(Deadline, Token);

    private static Task<BlazeClient> ConnectAsync(CenterAddress address) => BlazeClient.ConnectAsync(address, new BlazeClientOptions(), Token);

    private async Task<CenterAddress> StartAsync()
    {
        await PythonWorker.RequireAsync();
        return await fixture.NewNamespaceAsync(Token);
    }
}

public sealed class PythonWorkerOnRedisTests(RedisFixture fixture) : PythonWorkerTests(fixture);

public sealed class PythonWorkerOnGarnetTests(GarnetFixture fixture) : PythonWorkerTests(fixture);
