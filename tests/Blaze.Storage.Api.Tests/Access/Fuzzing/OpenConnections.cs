using System.Diagnostics.Metrics;

namespace Blaze.Storage.Api.Tests.Access.Fuzzing;

/// <summary>Counts the connections that servers in this process have open, of those made after it.</summary>
internal sealed class OpenConnections : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public OpenConnections()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "kestrel.active_connections")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            Interlocked.Add(ref _count, change);
            Changes.Tell();
        });
        _listener.Start();
    }

    public Changes Changes { get; } = new();

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
