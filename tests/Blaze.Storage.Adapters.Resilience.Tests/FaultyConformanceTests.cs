using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>What a store must do, done over one that fails every fifth call in every way there is.</summary>
public sealed class FaultyConformanceTests : ObjectStoreConformance, IDisposable
{
    private readonly RetryingStore _store = PatientStore.Over(new MemoryObjectStore(), FaultPlan.Random(7, 0.2, Enum.GetValues<StoreFault>()));

    protected override IObjectStore Store => _store;

    protected override ResourceUri Root { get; } = ResourceUri.Parse("memory://bucket/some where");

    public void Dispose() => _store.Dispose();
}
