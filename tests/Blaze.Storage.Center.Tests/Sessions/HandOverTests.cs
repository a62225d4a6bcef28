using System.Threading.Channels;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

public sealed class RedisHandOverTests(RedisFixture fixture) : HandOverTests(fixture);

public sealed class GarnetHandOverTests(GarnetFixture fixture) : HandOverTests(fixture);

/// <summary>A worker with nothing to do is given a task without asking.</summary>
public abstract class HandOverTests(ServerFixture fixture) : SessionTest(fixture)
{
    private static readonly StepRequest Idle = new(Worker, [], 1, Lease) { IsIdle = true };
    private readonly Channel<ClaimedTask> _given = Channel.CreateUnbounded<ClaimedTask>();

    [Fact]
    public async Task Submit_AWorkerIsIdleAndHears_ItHoldsTheTask()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        Assert.Empty((await Tasks.StepAsync(Idle, Cancellation)).Claimed);
        await SubmitAsync(Call("x"));
        var task = await GivenAsync();
        Assert.Equal(("x", "@" + Session, "recipe of x"), (task.Key, task.JobId, System.Text.Encoding.UTF8.GetString(task.Recipe)));
        Assert.Equal(TaskState.Leased, (await GetAsync("x")).State);
        Assert.Empty(await ClaimAsync(9, worker: "w2"));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(task, Inline("1")));
        Assert.Equal("1", Text((await GetAsync("x")).Inline));
    }

    [Fact]
    public async Task Submit_TheIdleWorkerDoesNotHear_AnyWorkerClaimsIt()
    {
        await OpenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        await SubmitAsync(Call("x"));
        Assert.Equal(["x"], (await ClaimAsync(9, worker: "w2")).Select(task => task.Key));
    }

    [Fact]
    public async Task Step_WhatWasGivenWasNotHeardOf_ComesAsAClaimOnce()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        await SubmitAsync(Call("x"));
        var given = await GivenAsync();
        var claimed = Assert.Single((await Tasks.StepAsync(Idle, Cancellation)).Claimed);
        Assert.Equal((given.Key, given.Attempt, given.JobId), (claimed.Key, claimed.Attempt, claimed.JobId));
        Assert.Equal(given.Recipe, claimed.Recipe);
        Assert.Empty((await Tasks.StepAsync(Idle, Cancellation)).Claimed);
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(claimed, Inline("1")));
    }

    [Fact]
    public async Task Step_OthersWantWhatWasGivenAndNotHeardOf_ComesAsAClaimNevertheless()
    {
        await OpenAsync();
        await OpenAsync("t");
        await using var hearing = await HearGivenAsync();
        foreach (var key in new[] { "x", "y" })
        {
            await Tasks.StepAsync(Idle, Cancellation);
            await SubmitAsync(Call(key));
            var given = await GivenAsync();
            if (key == "x")
                await SubmitForAsync("t", Call(key));
            else
                await SubmitAsync(Call("z", key));
            var claimed = Assert.Single((await Tasks.StepAsync(Idle, Cancellation)).Claimed);
            Assert.Equal((given.Key, given.Attempt, given.JobId), (claimed.Key, claimed.Attempt, claimed.JobId));
            Assert.Equal(given.Recipe, claimed.Recipe);
            Assert.Equal(ScriptStatus.Done, await CompleteAsync(claimed, Inline("1")));
        }
    }

    [Fact]
    public async Task Step_OfAWorkerThatWantsNothingMore_BringsWhatItDidNotHearOfAndItIsGivenNothing()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        await SubmitAsync(Call("x"));
        var last = Assert.Single((await Tasks.StepAsync(Idle with { Claim = 0 }, Cancellation)).Claimed);
        Assert.Equal("x", last.Key);
        Assert.Equal(ScriptStatus.Done, Assert.Single(await Tasks.ReleaseAsync([new TaskLease(last.Key, last.Attempt)], Cancellation)));
        await RunOneAsync("x", Inline("1"));

        await Tasks.StepAsync(Idle, Cancellation);
        Assert.Empty((await Tasks.StepAsync(Idle with { Claim = 0 }, Cancellation)).Claimed);
        await SubmitAsync(Call("y"));
        Assert.Equal(TaskState.Ready, (await GetAsync("y")).State);
    }

    [Fact]
    public async Task Step_WhatWasGivenHasEnded_TheWorkerIsIdleAgain()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        foreach (var key in new[] { "x", "y", "z" })
        {
            await SubmitAsync(Call(key));
            var task = await GivenAsync();
            Assert.Equal(key, task.Key);
            var completion = new Completion(task.Key, task.Attempt, 0, FromCache: false) { Result = Inline("1") };
            Assert.Empty((await Tasks.StepAsync(Idle with { Completions = [completion] }, Cancellation)).Claimed);
        }
    }

    [Fact]
    public async Task Submit_OneForAPlaceOfTheIdleWorker_IsHandedOver()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        var here = Idle with { Places = ["h1", "code"] };
        await Tasks.StepAsync(here, Cancellation);
        await SubmitAsync(Call("x") with { HardPlaces = ["code"] });
        var task = await GivenAsync();
        Assert.Equal("x", task.Key);
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(task, Inline("1")));
        await Tasks.StepAsync(here, Cancellation);
        await SubmitAsync(Call("y") with { HardPlaces = ["elsewhere"] });
        Assert.Equal(TaskState.Ready, (await GetAsync("y")).State);
        await SubmitAsync(Call("z") with { HardPlaces = ["code"] });
        await RunOutAsync(await GivenAsync());
        Assert.Equal(["z"], (await Tasks.StepAsync(here with { Worker = "w2" }, Cancellation)).Claimed.Select(one => one.Key));
    }

    [Fact]
    public async Task Submit_OneWithALargeRecipe_IsHandedOverWithAllOfIt()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        var recipe = new byte[2000];
        recipe.AsSpan().Fill((byte)'r');
        await SubmitAsync(Call("x") with { Recipe = recipe });
        Assert.Equal(recipe, (await GivenAsync()).Recipe);
        var again = Assert.Single((await Tasks.StepAsync(Idle, Cancellation)).Claimed);
        Assert.Equal(recipe, again.Recipe);
        await RunOutAsync(again);
        Assert.Equal(recipe, Assert.Single(await ClaimAsync(1)).Recipe);
    }

    [Fact]
    public async Task Submit_MoreThanOneOrOneThatWaits_IsQueued()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        await SubmitAsync(Call("x"), Call("y"));
        Assert.Equal([TaskState.Ready, TaskState.Ready], (await Sessions.GetAsync(["x", "y"], Cancellation)).Select(result => result.State));
        await SubmitAsync(Call("z"));
        Assert.Equal(TaskState.Ready, (await GetAsync("z")).State);
        Assert.Equal(["x", "y", "z"], (await ClaimAsync(9)).Select(task => task.Key));
    }

    [Fact]
    public async Task Submit_TheWorkerHasSomethingToDoMeanwhile_IsQueued()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        await SubmitAsync(Call("x"), Call("y"));
        await ClaimAsync(9);
        await SubmitAsync(Call("z"));
        Assert.Equal(TaskState.Ready, (await GetAsync("z")).State);
    }

    [Fact]
    public async Task Submit_TheWorkerFallsSilentWithTheTask_AnotherGetsIt()
    {
        await OpenAsync();
        await using var hearing = await HearGivenAsync();
        await Tasks.StepAsync(Idle, Cancellation);
        await SubmitAsync(Call("x"));
        var given = await GivenAsync();
        await RunOutAsync(given);
        var claimed = Assert.Single((await Tasks.StepAsync(new StepRequest("w2", [], 1, Lease) { IsIdle = true }, Cancellation)).Claimed);
        Assert.True(claimed.Attempt > given.Attempt);
        Assert.Equal(ScriptStatus.OtherOwner, await CompleteAsync(given, Inline("1")));
        // What is another's now is not given again.
        Assert.Empty((await Tasks.StepAsync(Idle, Cancellation)).Claimed);
    }

    private Task<ClaimedTask> GivenAsync() => _given.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

    private Task<IAsyncDisposable> HearGivenAsync() => Tasks.ListenGivenAsync(Worker, task => _given.Writer.TryWrite(task), Cancellation);
}
