using System.Diagnostics.Metrics;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Telemetry;

namespace Blaze.Storage.Api.Telemetry;

/// <summary>
/// Measures what waits. Who collects metrics does not wait for the center: it is told what was found last, and is what makes the next look happen. So
/// while nobody collects, nobody looks.
/// </summary>
internal sealed class QueueMetrics : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Meter _meter = new(BlazeTelemetry.Name);
    private readonly BlazeClient _client;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private volatile ClusterState? _last;
    private long _looked;
    private int _looking;

    public QueueMetrics(BlazeClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
        _meter.CreateObservableGauge("blaze.queue.ready", () => Told(state => state.Ready), "{task}", "Tasks that wait for a worker.");
        _meter.CreateObservableGauge("blaze.queue.running", () => Told(state => state.Running), "{task}", "Tasks that workers hold.");
        _meter.CreateObservableGauge("blaze.queue.age", () => Told(state => state.OldestReady?.TotalSeconds ?? 0), "s", "How long somebody has waited for what is ready: a job since it was submitted, a call since it was first seen waiting.");
    }

    public void Dispose()
    {
        _meter.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    private Measurement<T>[] Told<T>(Func<ClusterState, T> value)
        where T : struct
    {
        if ((_looked == 0 || _time.GetElapsedTime(Interlocked.Read(ref _looked)) > Fresh) && Interlocked.Exchange(ref _looking, 1) == 0)
            _ = LookAsync(_closing.Token);
        return _last is { } state ? [new Measurement<T>(value(state))] : [];
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            _last = await _client.ClusterAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is BlazeException or OperationCanceledException or ObjectDisposedException)
        {
            // What is not known is not told; requests say what is the matter.
            _last = null;
        }
        finally
        {
            Interlocked.Exchange(ref _looked, _time.GetTimestamp());
            Interlocked.Exchange(ref _looking, 0);
        }
    }
}
