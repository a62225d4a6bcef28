using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Faults;
using Blaze.Storage.TestKit.ObjectStores;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Adapters.Resilience.Tests.Randomly;

/// <summary>Any calls with any faults among them: each answer is the one there would be without faults, or says that there is none.</summary>
public sealed class RandomFaultsTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly Gen<RandomCall[]> Calls = Gen.ArrayOf(
        from kind in Gen.Elements(Enum.GetValues<CallKind>())
        from name in Gen.Elements(Names)
        from other in Gen.Elements(Names)
        select new RandomCall(kind, name, other, 0)).Select(calls => calls.Select((call, index) => call with { Number = index + 1 }).ToArray());

    private static readonly Gen<StoreFault[]> Faults = Gen.ArrayOf(Gen.OneOf(Gen.Constant(StoreFault.None), Gen.Elements(Enum.GetValues<StoreFault>())));

    private static readonly Config Plenty = Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Answers_OfAPatientStore_AreThoseWithoutFaults() => Check.One(Plenty, Prop.ForAll(
        Calls.ToArbitrary(), Faults.ToArbitrary(), (calls, faults) => RunAsync(calls, faults, attempts: 100, mayGiveUp: false).GetAwaiter().GetResult()));

    [Fact]
    public void Answers_OfAnImpatientStore_AreThoseWithoutFaultsOrNone() => Check.One(Plenty, Prop.ForAll(
        Calls.ToArbitrary(), Faults.ToArbitrary(), (calls, faults) => RunAsync(calls, faults, attempts: 2, mayGiveUp: true).GetAwaiter().GetResult()));

    private static async Task<bool> RunAsync(RandomCall[] calls, StoreFault[] faults, int attempts, bool mayGiveUp)
    {
        var memory = new MemoryObjectStore();
        using var store = PatientStore.Over(memory, FaultPlan.Of(faults), attempts);
        IReadOnlyDictionary<string, byte[]> model = new Dictionary<string, byte[]>();
        foreach (var call in calls)
        {
            var (expected, after) = call.On(model);
            var version = model.ContainsKey(call.Name) ? (await memory.StatAsync(RandomCall.Uri(call.Name), Token)).Version : null;
            var answer = await call.OnAsync(store, version, Token);
            var there = await ContentsAsync(memory);
            var isUndecided = mayGiveUp && answer == nameof(ObjectStoreErrorKind.Transient);
            if (!isUndecided && answer != expected)
                throw new InvalidOperationException($"{call}: {answer}, not {expected}.");
            if (!AreSame(there, after) && !(isUndecided && AreSame(there, model)))
                throw new InvalidOperationException($"{call}: what is there afterwards is wrong.");
            model = there;
        }

        return true;
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> ContentsAsync(MemoryObjectStore memory)
    {
        var contents = new Dictionary<string, byte[]>();
        await foreach (var info in memory.ListAsync(ResourceUri.Parse("memory://bucket/root"), Token))
            contents[info.Uri.Name] = await memory.GetAsync(info.Uri, info.Version, Token);
        return contents;
    }

    private static bool AreSame(IReadOnlyDictionary<string, byte[]> one, IReadOnlyDictionary<string, byte[]> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var content) && content.AsSpan().SequenceEqual(pair.Value));
}
