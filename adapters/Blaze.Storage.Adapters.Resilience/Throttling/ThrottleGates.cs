using System.Collections.Concurrent;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Throttling;

/// <summary>A gate for each bucket or host of a store.</summary>
internal sealed class ThrottleGates(RetryOptions options, TimeProvider timeProvider) : IDisposable
{
    private readonly ConcurrentDictionary<string, ThrottleGate> _gates = new(StringComparer.Ordinal);

    public ThrottleGate For(ResourceUri uri) =>
        _gates.GetOrAdd(uri.Authority, static (_, settings) => new ThrottleGate(settings.options, settings.timeProvider), (options, timeProvider));

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
            gate.Dispose();
    }
}
