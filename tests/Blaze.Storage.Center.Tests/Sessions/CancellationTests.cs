using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

public sealed class RedisCancellationTests(RedisFixture fixture) : CancellationTests(fixture);

public sealed class GarnetCancellationTests(GarnetFixture fixture) : CancellationTests(fixture);

public abstract class CancellationTests(ServerFixture fixture) : SessionTest(fixture)
{
    [Fact]
    public async Task Cancel_WhatNobodyElseWants_FailsAsCancelledWithAllThatWait()
    {
        await OpenAsync();
        await using var listening = await ListenAsync();
        await SubmitAsync(Call("x"), Call("y", "x"), Call("z"));
        Assert.Equal(ScriptStatus.Done, await Sessions.CancelAsync(Session, ["x"], Cancellation));
        await HearAsync(2);
        Assert.Equal([("x", TaskState.Cancelled), ("y", TaskState.Cancelled)], Heard.Select(one => (one.Key, one.Value.State)));
        Assert.Equal([TaskState.Cancelled, TaskState.Cancelled, TaskState.Ready], (await Sessions.GetAsync(["x", "y", "z"], Cancellation)).Select(result => result.State));
        Assert.Equal(["z"], (await ClaimAsync(9)).Select(task => task.Key));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.CancelAsync(Session, ["x"], Cancellation));
    }

    [Fact]
    public async Task Cancel_WhatAnotherSessionWants_GoesOnForThatOne()
    {
        await OpenAsync();
        await OpenAsync("other");
        await using var listening = await ListenAsync();
        await SubmitAsync(Call("x"));
        await SubmitForAsync("other", Call("x"));
        await Sessions.CancelAsync(Session, ["x"], Cancellation);
        await HearAsync(1);
        Assert.Equal(TaskState.Cancelled, Heard[0].Value.State);
        await RunOneAsync("x", Inline("1"));
        Assert.Equal("1", Text((await GetAsync("x")).Inline));
    }

    [Fact]
    public async Task Cancel_RunningTask_TheWorkerIsToldAndItsValueRefused()
    {
        var told = new TaskCompletionSource<IReadOnlyList<string>>();
        await using var listening = await Center.Workers.ListenDroppedAsync(Worker, told.SetResult, Cancellation);
        await OpenAsync();
        await SubmitAsync(Call("x"));
        var task = await ClaimOneAsync();
        await Sessions.CancelAsync(Session, ["x"], Cancellation);
        Assert.Equal(["x"], await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Assert.Equal(ScriptStatus.NoLease, await CompleteAsync(task, Inline("1")));
        Assert.Equal(TaskState.Cancelled, (await GetAsync("x")).State);
    }

    [Fact]
    public async Task Cancel_EndedTask_StaysAsItIs()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"));
        await RunOneAsync("x", Inline("1"));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.CancelAsync(Session, ["x"], Cancellation));
        Assert.Equal("1", Text((await GetAsync("x")).Inline));
    }
}
