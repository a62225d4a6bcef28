using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

public sealed class RedisResultTests(RedisFixture fixture) : ResultTests(fixture);

public sealed class GarnetResultTests(GarnetFixture fixture) : ResultTests(fixture);

public abstract class ResultTests(ServerFixture fixture) : SessionTest(fixture)
{
    [Fact]
    public async Task Get_EveryKindOfEnd_SaysHow()
    {
        await OpenAsync();
        await SubmitAsync(Call("inline"), Call("located"), Call("none"), Call("failed"), Call("along", "failed"), Call("ready"));
        var claimed = (await ClaimAsync(4)).ToDictionary(task => task.Key);
        await CompleteAsync(claimed["inline"], Inline("\0 1\n"));
        await CompleteAsync(claimed["located"], At("w7"));
        await CompleteAsync(claimed["none"], null);
        await Tasks.FailAsync("failed", claimed["failed"].Attempt, Error("no"), Cancellation);
        await SettleAsync();
        var results = await Sessions.GetAsync(["inline", "located", "none", "failed", "along", "ready", "unknown"], Cancellation);
        Assert.Equal(
            [TaskState.Done, TaskState.Done, TaskState.Done, TaskState.Failed, TaskState.Failed, TaskState.Ready, TaskState.Cancelled],
            results.Select(result => result.State));
        Assert.Equal(("json", "\0 1\n"), (results[0].Format, Text(results[0].Inline)));
        Assert.Equal(("npy", 1L << 40, 0xdeadbeef), (results[1].Format, results[1].Location!.Length, results[1].Location!.Checksum));
        Assert.Equal(["w7"], results[1].Location!.Workers);
        Assert.Equal(new TaskResult(TaskState.Done, null, null, null, null), results[2]);
        Assert.Equal([Error("no"), Error("no")], results.Skip(3).Take(2).Select(result => result.Error));
    }

    [Fact]
    public async Task Listen_EndsOfTheSession_ComeWithSmallValues()
    {
        await OpenAsync();
        await OpenAsync("other");
        await using var listening = await ListenAsync();
        await SubmitAsync(Call("small"), Call("large"), Call("located"), Call("failed"));
        await SubmitForAsync("other", Call("others"));
        var claimed = (await ClaimAsync(5)).ToDictionary(task => task.Key);
        await CompleteAsync(claimed["others"], Inline("0"));
        await CompleteAsync(claimed["small"], Inline("1"));
        await CompleteAsync(claimed["large"], Inline(new string('x', 5_000)));
        await CompleteAsync(claimed["located"], At("w7"));
        await Tasks.FailAsync("failed", claimed["failed"].Attempt, Error("no"), Cancellation);
        await HearAsync(4);
        Assert.Equal(["small", "large", "located", "failed"], Heard.Select(one => one.Key));
        Assert.Equal("1", Text(Heard[0].Value.Inline));
        Assert.Equal(new TaskResult(TaskState.Done, null, null, null, null), Heard[1].Value);
        Assert.Equal(["w7"], Heard[2].Value.Location!.Workers);
        Assert.Equal((TaskState.Failed, Error("no")), (Heard[3].Value.State, Heard[3].Value.Error));
    }

    [Fact]
    public async Task Listen_ContinuedTask_ComesWithTheValueOfItsAlias()
    {
        await OpenAsync();
        await using var listening = await ListenAsync();
        await SubmitAsync(Call("x"));
        await Tasks.ContinueAsync(To(await ClaimOneAsync(), "inner", Call("inner")), Cancellation);
        await RunOneAsync("inner", Inline("5"));
        await HearAsync(1);
        Assert.Equal(("x", "5"), (Heard[0].Key, Text(Heard[0].Value.Inline)));
    }

    [Fact]
    public async Task Inputs_OfAClaim_AreTheValuesOfItsNeedsWithAliasesResolved()
    {
        await OpenAsync();
        await SubmitAsync(Call("a"), Call("b"), Call("c"), Call("all", "a", "b", "c", "stored"));
        var claimed = (await ClaimAsync(3)).ToDictionary(task => task.Key);
        await CompleteAsync(claimed["a"], Inline("1"));
        await CompleteAsync(claimed["b"], At("w7"));
        await Tasks.ContinueAsync(To(claimed["c"], "d", Call("d")), Cancellation);
        var inner = await ClaimOneAsync();
        var step = new StepRequest(Worker, [new Completion(inner.Key, inner.Attempt, 0, false) { Result = Inline("4") }], 1, Lease);
        var all = Assert.Single((await Tasks.StepAsync(step, Cancellation)).Claimed);
        Assert.Equal(["a", "b", "c"], all.Inputs.Select(input => input.Key));
        Assert.Equal(["1", "4"], all.Inputs.Where(input => input.Value.Inline is not null).Select(input => Text(input.Value.Inline)));
        Assert.Equal(["w7"], all.Inputs[1].Value.Location!.Workers);
    }

    [Fact]
    public async Task Inputs_TooManyBytes_AreLeftOut()
    {
        await OpenAsync();
        string[] keys = [.. Enumerable.Range(0, 6).Select(number => $"x{number}")];
        await SubmitAsync([.. keys.Select(key => Call(key)), Call("all", keys)]);
        foreach (var task in await ClaimAsync(6))
            await CompleteAsync(task, new TaskValue("raw", new byte[TaskValue.MaxInline], null));
        Assert.InRange((await ClaimOneAsync()).Inputs.Count, 3, 4);
    }

    [Fact]
    public async Task Value_TooLargeOrWithoutFormat_Refused()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"));
        var task = await ClaimOneAsync();
        foreach (var value in (TaskValue[])[new("raw", new byte[TaskValue.MaxInline + 1], null), new("a b", new byte[1], null), new("", new byte[1], null), new("raw", null, null)])
            await Assert.ThrowsAsync<CenterException>(() => CompleteAsync(task, value));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(task, new TaskValue("raw", Array.Empty<byte>(), null)));
        Assert.Equal(0, (await GetAsync("x")).Inline!.Value.Length);
    }

    [Fact]
    public async Task Release_ValueAtAWorker_TheWorkerIsTold()
    {
        var told = new TaskCompletionSource<IReadOnlyList<string>>();
        await using var listening = await Center.Workers.ListenDroppedAsync("w7", told.SetResult, Cancellation);
        await OpenAsync();
        await SubmitAsync(Call("x"), Call("y"));
        await RunOneAsync("x", At("w7"));
        await ReleaseAsync("x");
        Assert.Equal(["x"], await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }
}
