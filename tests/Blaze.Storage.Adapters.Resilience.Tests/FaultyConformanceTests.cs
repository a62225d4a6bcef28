using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.ObjectStores;

namespace Blaze.Storage.Adapters.Resilience.Tests;

/// <summary>What a store must do, done over one that fails every fifth call in every way there is.</summary>
public sealed class FaultyConformanceTests : ObjectStoreConformance, IDisposable
{
    private readonly RetryingStore _store;

    public FaultyConformanceTests()
    {
        var faults = Enum.GetValues<StoreFault>();
        var random = new Random(7);
        _store = PatientStore.Over(new MemoryObjectStore(), new FaultPlan(member =>
            random.NextDouble() < 0.2 && !(IsCounting && member == nameof(IObjectStore.PutAsync)) ? faults[random.Next(faults.Length)] : StoreFault.None));
    }

    protected override IObjectStore Store => _store;

    protected override ResourceUri Root { get; } = ResourceUri.Parse("memory://bucket/some where");

    // Those who count write the same contents at the same time: who wrote what cannot be known once an answer is lost.
    private static bool IsCounting => TestContext.Current.TestMethod?.MethodName == nameof(Put_UpdatingInALoopByMany_LosesNoUpdate);

    public void Dispose() => _store.Dispose();
}
