using Blaze.Storage.Core.Resources;
using Blaze.Storage.Worker.Calls;
using Blaze.Storage.Worker.Resources;
using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Tests.Resources;

public sealed class ResourcePoolTests
{
    private static readonly ResourceAmounts Two = ResourceAmounts.Of([new("gpu", 2)]);
    private int _freed;

    [Fact]
    public void TryTake_UntilNothingIsLeft_ThenAsMuchAsIsGivenBack()
    {
        var sut = new ResourcePool(ResourceAmounts.Of([new("gpu", 5)]), () => _freed++);
        var (first, second) = (sut.TryTake(Two), sut.TryTake(Two));
        Assert.Equal(1, sut.Free["gpu"]);
        Assert.Null(sut.TryTake(Two));

        first!.Release();

        Assert.Equal((3, 1), (sut.Free["gpu"], _freed));
        second!.Release();
        Assert.Equal((sut.Total, 2), (sut.Free, _freed));
    }

    [Fact]
    public void Release_WhileAnotherUsesIt_GivesNothingBack()
    {
        var sut = new ResourcePool(Two, () => _freed++);
        var hold = sut.TryTake(Two)!;
        hold.Retain();

        hold.Release();
        Assert.Equal((0, 0), (sut.Free["gpu"], _freed));

        hold.Release();
        Assert.Equal((2, 1), (sut.Free["gpu"], _freed));
    }

    [Fact]
    public async Task Dispose_OfUsesWhileTheFunctionGoesOn_HoldsTheResources()
    {
        var freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sut = new ResourcePool(Two, freed.SetResult);
        var hold = sut.TryTake(Two)!;
        var running = new TaskCompletionSource();
        var uses = new CallUses(new StuckCalls(9, () => { }), TimeProvider.System) { Resources = hold };
        uses.KeepUntil(running.Task);
        uses.Dispose();
        hold.Release();
        Assert.Equal(0, sut.Free["gpu"]);

        running.SetResult();

        await freed.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, sut.Free["gpu"]);
    }
}
