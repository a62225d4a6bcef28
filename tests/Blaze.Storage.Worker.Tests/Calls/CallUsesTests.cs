using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Calls;
using Blaze.Storage.Worker.Data;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Tests.Calls;

public sealed class CallUsesTests
{
    [Fact]
    public async Task Dispose_WhileTheFunctionGoesOn_KeepsItsArguments()
    {
        using var store = new DataStore(new DataStoreOptions { MemoryLimit = 1 << 20 });
        store.Set("a", new Value(ValueFormat.Raw, new byte[1000]));
        var values = new CallValues();
        values.Add("a", store.Get("a")!);
        var running = new TaskCompletionSource();
        var uses = new CallUses(new StuckCalls(9, () => { }), TimeProvider.System) { Values = values };
        uses.KeepUntil(running.Task);

        uses.Dispose();
        store.Delete("a");
        Assert.InRange(store.MemoryBytes, 1000, 2000);
        running.SetResult();

        while (store.MemoryBytes > 0)
            await Task.Yield();
    }

    [Fact]
    public void Own_ResultThatIsASliceOfAnArgument_IsACopy()
    {
        using var store = new DataStore(new DataStoreOptions { MemoryLimit = 1 << 20 });
        store.Set("a", new Value(ValueFormat.Raw, new byte[] { 1, 2, 3, 4 }));
        using var values = new CallValues();
        values.Add("a", store.Get("a")!);
        var argument = values["a"];
        var other = new Value(ValueFormat.Raw, new byte[] { 2, 3 });

        var owned = values.Own(new Value(ValueFormat.Raw, argument.Contiguous()[1..3]));

        Assert.Equal([2, 3], owned.Contiguous().ToArray());
        Assert.False(owned.Overlaps(argument));
        Assert.True(values.Own(other).Overlaps(other));
    }
}
