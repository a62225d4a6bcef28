using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Tests.Functions;

public sealed class AsyncResultTests
{
    [Fact]
    public async Task AwaitAsync_AnyResult_GivesItsValue()
    {
        Assert.Null(await AsyncResult.AwaitAsync(null));
        Assert.Equal("a", await AsyncResult.AwaitAsync("a"));
        Assert.Equal(1, await AsyncResult.AwaitAsync(Task.FromResult(1)));
        Assert.Equal(2, await AsyncResult.AwaitAsync(new ValueTask<int>(2)));
        Assert.Null(await AsyncResult.AwaitAsync(Task.CompletedTask));
        Assert.Null(await AsyncResult.AwaitAsync(ValueTask.CompletedTask));
        Assert.Null(await AsyncResult.AwaitAsync(LaterAsync()));
        Assert.Equal(new Own(3), await AsyncResult.AwaitAsync(OwnLaterAsync()));
    }

    [Fact]
    public async Task AwaitAsync_FailedTask_ThrowsWhatItThrew() =>
        await Assert.ThrowsAsync<FormatException>(() => AsyncResult.AwaitAsync(Task.FromException<int>(new FormatException())).AsTask());

    private static async Task LaterAsync() => await Task.Yield();

    private static async Task<Own> OwnLaterAsync()
    {
        await Task.Yield();
        return new Own(3);
    }

    private sealed record Own(int Value);
}
