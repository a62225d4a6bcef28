using System.Diagnostics.Metrics;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Core.Telemetry;
using Blaze.Storage.SystemTests.Futures;
using Blaze.Storage.SystemTests.Harness;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>What a worker counts of the leases it holds.</summary>
public sealed class LeaseMetricsTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    // It goes with the worker that a test starts, so workers of other tests at the same time are not counted.
    private static readonly AsyncLocal<LeaseMetricsTests?> Counting = new();

    private readonly RedisFixture _fixture;
    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _begun = new(0);
    private readonly ManualResetEventSlim _goOn = new();

    public LeaseMetricsTests(RedisFixture fixture)
    {
        _fixture = fixture;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == BlazeTelemetry.Metrics && instrument.Name == "blaze.leases")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (Counting.Value != this || count != 1)
                return;
            foreach (var (name, result) in tags)
            {
                if (name == "result" && result is "renewed")
                    _renewed.TrySetResult();
                if (name == "result" && result is "lost")
                    _lost.TrySetResult();
            }
        });
        _listener.Start();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _listener.Dispose();
        _goOn.Set();
        _begun.Dispose();
    }

    [Fact]
    public async Task Leases_RenewedAndTakenOverDuringASilence_AreCountedAsSuch()
    {
        var center = await _fixture.NewNamespaceAsync(Token);
        await using var relay = CenterRelay.Start(center);
        await using var cluster = await FutureCluster.StartAsync(center, workers: 0, operations => operations.Add("hold", Hold));
        var options = cluster.Options with { Lease = TimeSpan.FromSeconds(1) };
        Counting.Value = this;
        await using var silent = await RunningWorker.StartAsync(relay.Address, new LocalFileStore(), null, options);
        Counting.Value = null;

        var held = cluster.Client.SubmitNamed<int>("hold", 1);
        Assert.True(await _begun.WaitAsync(Deadline, Token));
        await _renewed.Task.WaitAsync(Deadline, Token);

        relay.FallSilent();
        await using var other = await RunningWorker.StartAsync(center, new LocalFileStore(), null, options);
        Assert.True(await _begun.WaitAsync(Deadline, Token));
        Assert.False(_lost.Task.IsCompleted);
        relay.Speak();
        await _lost.Task.WaitAsync(Deadline, Token);

        _goOn.Set();
        await held.Ended.WaitAsync(Deadline, Token);
        Assert.Equal(1, await held);
    }

    private int Hold(int number)
    {
        _begun.Release();
        _goOn.Wait(Token);
        return number;
    }
}
