using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.SystemTests.Futures;

/// <summary>A client and workers in this process that run functions; what is not ended is given up after a deadline.</summary>
internal sealed class FutureCluster : IAsyncDisposable
{
    public const string KeyText = "00112233445566778899aabbccddeeff";
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    public static readonly ClusterKey Key = ClusterKey.Parse(KeyText);

    private FutureCluster(TestCluster inner, CenterAddress address, OperationRegistry operations)
    {
        Inner = inner;
        Address = address;
        Operations = operations;
    }

    public TestCluster Inner { get; }

    public CenterAddress Address { get; }

    public OperationRegistry Operations { get; }

    public BlazeClient Client { get; private set; } = null!;

    public WorkerOptions Options => new() { Slots = 2, Operations = Operations, Code = new FunctionLoaderOptions { AllowCode = true, Key = Key }, Capture = new CallCapture(Key) };

    public static async Task<FutureCluster> StartAsync(ServerFixture fixture, int workers = 1, Action<OperationRegistry>? offer = null) =>
        await StartAsync(await fixture.NewNamespaceAsync(TestContext.Current.CancellationToken), workers, offer);

    public static async Task<FutureCluster> StartAsync(CenterAddress address, int workers = 1, Action<OperationRegistry>? offer = null)
    {
        var operations = new OperationRegistry();
        operations.Add("inc", (int n) => n + 1);
        operations.Add("plus", (int a, int b) => a + b);
        operations.Add("sum-ints", (int[] all) => all.Sum());
        offer?.Invoke(operations);
        var cluster = new FutureCluster(await TestCluster.StartAsync(address, workers: 0), address, operations) { Client = await ConnectAsync(address) };
        for (var at = 0; at < workers; at++)
            await cluster.Inner.StartWorkerAsync(cluster.Options);
        return cluster;
    }

    public static Task<BlazeClient> ConnectAsync(CenterAddress address) =>
        BlazeClient.ConnectAsync(address, new BlazeClientOptions { ClusterKey = Key }, TestContext.Current.CancellationToken);

    /// <summary>Asks until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await isSo())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Inner.DisposeAsync();
    }
}
