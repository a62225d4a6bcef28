using Blaze.Storage.Worker.Slots;

namespace Blaze.Storage.Worker.Tests.Slots;

public sealed class SlotGateTests : IDisposable
{
    private readonly Supply _supply = new(1, 2, TimeProvider.System);
    private readonly SlotGate _sut;
    private int _lacking;

    public SlotGateTests() => _sut = new SlotGate(1, _supply, () => Interlocked.Increment(ref _lacking));

    public void Dispose() => _sut.Dispose();

    [Fact]
    public async Task Await_ResultOutstanding_GivesTheSlotToAnotherAndTakesItBack()
    {
        var bytes = new TaskCompletionSource<int>();
        Begin();
        var first = Task.Factory.StartNew(() => _sut.Await(bytes.Task), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        // Passes only once the first task has let go.
        Begin();
        Assert.Equal(2, _supply.Running);
        bytes.SetResult(7);
        Assert.False(first.IsCompleted);
        _sut.Leave();

        Assert.Equal(7, await first);
        Assert.Equal(1, _lacking);
    }

    [Fact]
    public void Await_ResultThere_KeepsTheSlot()
    {
        Begin();

        Assert.Equal(7, _sut.Await(Task.FromResult(7)));

        Assert.Equal(0, _lacking);
        Assert.Equal(1, _supply.Running);
    }

    [Fact]
    public void Await_ResultFailed_TakesTheSlotBack()
    {
        Begin();

        Assert.Throws<InvalidOperationException>(() => _sut.Await(Task.Run(int () => throw new InvalidOperationException("no"))));

        _sut.Leave();
        _sut.Enter();
    }

    private void Begin()
    {
        _sut.Enter();
        _supply.Queue();
        _supply.Start();
    }
}
