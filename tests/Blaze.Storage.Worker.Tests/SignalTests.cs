namespace Blaze.Storage.Worker.Tests;

public sealed class SignalTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task WaitAsync_SetBefore_ReturnsAndUsesItUp()
    {
        var sut = new Signal();
        sut.Set();
        sut.Set();

        await sut.WaitAsync(Forever, TimeProvider.System, TestContext.Current.CancellationToken);

        var second = sut.WaitAsync(Forever, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        sut.Set();
        await second;
    }

    [Fact]
    public async Task WaitAsync_NeverSet_ReturnsWhenTheTimeIsOver()
    {
        await new Signal().WaitAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = new Signal().WaitAsync(Forever, TimeProvider.System, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
