using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

public sealed class RedisSessionTests(RedisFixture fixture) : SessionTests(fixture);

public sealed class GarnetSessionTests(GarnetFixture fixture) : SessionTests(fixture);

public abstract class SessionTests(ServerFixture fixture) : SessionTest(fixture)
{
    [Fact]
    public async Task Submit_NewTasks_StatesSayWhatTheyWaitFor()
    {
        await OpenAsync();
        Assert.Equal([TaskState.Ready, TaskState.Waiting], await SubmitAsync(Call("x"), Call("y", "x")));
        await RunOneAsync("x", Inline("1"));
        Assert.Equal([TaskState.Done, TaskState.Ready], await SubmitAsync(Call("x"), Call("y", "x")));
        Assert.Empty(await Center.Jobs.ListAsync(9, Cancellation));
    }

    [Fact]
    public async Task Submit_ManyPages_AllAreThereInOrder()
    {
        await OpenAsync();
        var tasks = Enumerable.Range(0, 1_000).Select(number => number == 0 ? Call("x0") : Call($"x{number}", $"x{number - 1}")).ToArray();
        Assert.Equal(999, (await SubmitAsync(tasks)).Count(state => state == TaskState.Waiting));
        Assert.Equal("x0", (await ClaimOneAsync()).Key);
    }

    [Fact]
    public async Task Submit_OutOfOrder_Refused()
    {
        await OpenAsync();
        var error = await Assert.ThrowsAsync<CenterException>(() => SubmitAsync(Call("y", "x"), Call("x")));
        Assert.Equal(CenterErrorKind.Invalid, error.Kind);
        Assert.Empty(await TaskKeysAsync());
    }

    [Fact]
    public async Task Open_Twice_SecondTimeKnown()
    {
        await OpenAsync();
        Assert.Equal(ScriptStatus.AlreadyDone, await Sessions.OpenAsync(Session, 0, Forever, "{}", Cancellation));
        Assert.Equal(ScriptStatus.Done, await Sessions.RenewAsync(Session, Forever, Cancellation));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.RenewAsync("other", Forever, Cancellation));
    }

    [Fact]
    public async Task Close_TasksNobodyElseHas_GoAndAreRefused()
    {
        await OpenAsync();
        await OpenAsync("other");
        await SubmitAsync([Call("shared"), .. Enumerable.Range(0, 400).Select(number => Call($"x{number}"))]);
        await SubmitForAsync("other", Call("shared"));
        var claimed = await ClaimAsync(3);
        Assert.Equal(ScriptStatus.Done, await Sessions.CloseAsync(Session, Cancellation));
        Assert.Equal(["shared"], await TaskKeysAsync());
        Assert.Equal(ScriptStatus.Cancelled, await CompleteAsync(claimed.First(task => task.Key != "shared"), Inline("1")));
        Assert.Equal(ScriptStatus.Done, await CompleteAsync(claimed.Single(task => task.Key == "shared"), Inline("1")));
        Assert.Equal(ScriptStatus.Nothing, await Sessions.CloseAsync(Session, Cancellation));
        Assert.Equal(CenterErrorKind.SessionEnded, (await Assert.ThrowsAsync<CenterException>(() => SubmitAsync(Call("y")))).Kind);
    }

    [Fact]
    public async Task Close_LastSession_LeavesNothing()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"), Call("y", "x"), Call("z", "y"));
        await RunOneAsync("x", At("w1"));
        await Sessions.CloseAsync(Session, Cancellation);
        await SettleAsync();
        foreach (var name in (string[])["tasks", "recipes", "needs", "links", "aliases", "errors", "jobs", "owned", "ready", "leased", "wake", "purge", "results", "sessions", "later"])
            Assert.False(await Center.Server.RunAsync(database => database.KeyExistsAsync(KeyOf(name)), Cancellation), name);
    }

    [Fact]
    public async Task Lease_RunOut_SessionEndsInTheUpkeep()
    {
        await Sessions.OpenAsync(Session, 0, ShortLease, "{}", Cancellation);
        await SubmitAsync(Call("x"));
        await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("sessions"), "@" + Session, 0), Cancellation);
        await SettleAsync();
        Assert.Empty(await TaskKeysAsync());
        Assert.Equal(ScriptStatus.Nothing, await Sessions.RenewAsync(Session, Forever, Cancellation));
    }

    [Fact]
    public async Task Release_WhatNobodyElseWants_GoesAtOnceWithItsValue()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"), Call("y"));
        await RunOneAsync("x", Inline("1"));
        Assert.Equal(ScriptStatus.Done, await ReleaseAsync("x", "y"));
        Assert.Empty(await TaskKeysAsync());
        Assert.Empty(await FieldsAsync("results"));
        Assert.Empty(await ClaimAsync(1));
        Assert.Equal(TaskState.Cancelled, (await GetAsync("x")).State);
        Assert.Equal(ScriptStatus.Nothing, await ReleaseAsync("x", "y"));
    }

    [Fact]
    public async Task Release_WhatOthersUse_StaysUntilTheyHaveEnded()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"), Call("y", "x"), Call("z", "x"));
        await ReleaseAsync("x");
        await RunOneAsync("x", Inline("1"));
        foreach (var user in await ClaimAsync(2))
        {
            Assert.Equal("1", Text(Assert.Single(user.Inputs).Value.Inline));
            Assert.Contains("x", await TaskKeysAsync());
            await CompleteAsync(user, Inline("2"));
        }

        await SettleAsync();
        Assert.Equal(["y", "z"], (await TaskKeysAsync()).Order());
    }

    [Fact]
    public async Task Release_WhatALocatedValueWasMadeOf_StaysToMakeItAgain()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"), Call("y", "x"));
        await RunOneAsync("x", Inline("1"));
        await ReleaseAsync("x");
        await RunOneAsync("y", At("w1"));
        await SettleAsync();
        await SubmitAsync(Call("z", "y"));
        var user = await ClaimOneAsync();
        Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(user.Key, user.Attempt, ["y"], Cancellation));
        var again = await ClaimOneAsync();
        Assert.Equal(("y", "x"), (again.Key, Assert.Single(again.Inputs).Key));
        await CompleteAsync(again, At("w2"));
        Assert.Equal(["w2"], Assert.Single((await ClaimOneAsync()).Inputs).Value.Location!.Workers);
        await ReleaseAsync("y", "z");
        await SettleAsync();
        Assert.Empty(await TaskKeysAsync());
    }

    [Fact]
    public async Task Recompute_ByManyOfOneValue_MakesItOnceAndIsNoLossOfTheOthers()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"));
        await RunOneAsync("x", At("w1"));
        await SubmitAsync([.. Enumerable.Range(0, 5).Select(at => Call($"user{at}", "x"))]);
        var users = await ClaimAsync(5);
        LostValue[] lost = [new("x", ["w1"])];

        Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(users[0].Key, users[0].Attempt, lost, Cancellation));
        Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(users[1].Key, users[1].Attempt, lost, Cancellation));
        await RunOneAsync("x", At("w2"));
        foreach (var late in users.Skip(2))
        {
            Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(late.Key, late.Attempt, lost, Cancellation));
            Assert.Equal(ScriptStatus.AlreadyDone, await Tasks.RecomputeAsync(late.Key, late.Attempt, lost, Cancellation));
        }

        var again = await ClaimAsync(9);
        Assert.Equal(users.Select(user => user.Key).Order(), again.Select(user => user.Key).Order());
        Assert.All(again, user => Assert.Equal(["w2"], Assert.Single(user.Inputs).Value.Location!.Workers));
        Assert.Equal([users[0].Key], await FieldsAsync("errors"));
    }

    [Fact]
    public async Task Recompute_OfWhatCannotBeMadeAgain_FailsWithTheReason()
    {
        await OpenAsync();
        await OpenAsync("other");
        await SubmitForAsync("other", Call("x", "part"));
        await RunOneAsync("x", At("w1"));
        await SubmitAsync(Call("user"));
        var user = await ClaimOneAsync();
        await SubmitAsync("job", root: "part");
        var part = await ClaimOneAsync();
        await Tasks.FailAsync(part.Key, part.Attempt, Error("no part"), Cancellation);
        await Sessions.EndAsync("other", Cancellation);

        Assert.Equal(ScriptStatus.Done, await Tasks.RecomputeAsync(user.Key, user.Attempt, ["x"], Cancellation));

        var result = await GetAsync("user");
        Assert.Equal(TaskState.Failed, result.State);
        Assert.Contains("no part", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_AgainAndAgain_PagesOfOwnedStayFew()
    {
        await OpenAsync();
        await SubmitAsync(Call("kept"));
        for (var round = 0; round < 200; round++)
        {
            await SubmitAsync(Call($"a{round}"), Call($"b{round}"));
            await ReleaseAsync($"a{round}", $"b{round}");
        }

        Assert.InRange((await FieldsAsync("owned")).Count, 1, 8);
        await Sessions.CloseAsync(Session, Cancellation);
        Assert.Empty(await TaskKeysAsync());
    }

    [Fact]
    public async Task Submit_WhatFailedForThisSession_StaysFailedAndStartsAnewForAnother()
    {
        await OpenAsync();
        await OpenAsync("other");
        await SubmitAsync(Call("x"));
        var task = await ClaimOneAsync();
        await Tasks.FailAsync(task.Key, task.Attempt, Error("no"), Cancellation);
        Assert.Equal([TaskState.Failed], await SubmitAsync(Call("x")));
        Assert.Equal([TaskState.Ready], await SubmitForAsync("other", Call("x")));
    }

    [Fact]
    public async Task Session_OfAnotherThatCloses_KeepsWhatItsTasksNeed()
    {
        await OpenAsync();
        await OpenAsync("other");
        await SubmitAsync(Call("x"));
        await RunOneAsync("x", Inline("1"));
        await SubmitForAsync("other", Call("y", "x"));
        await Sessions.CloseAsync(Session, Cancellation);
        var user = await ClaimOneAsync();
        Assert.Equal("1", Text(Assert.Single(user.Inputs).Value.Inline));
        await CompleteAsync(user, Inline("2"));
        await SettleAsync();
        Assert.Equal(["y"], await TaskKeysAsync());
    }

    [Fact]
    public async Task Continuation_ManyDeep_InnerTasksGoAndTheValueStays()
    {
        const int depth = 20;
        await OpenAsync();
        await SubmitAsync(Call("c0"));
        for (var level = 0; level < depth; level++)
        {
            var task = await ClaimOneAsync();
            Assert.Equal($"c{level}", task.Key);
            await Tasks.ContinueAsync(To(task, $"c{level + 1}", Call($"c{level + 1}")), Cancellation);
        }

        await RunOneAsync($"c{depth}", Inline("7"));
        await SettleAsync();
        Assert.Equal(["c0", $"c{depth}"], (await TaskKeysAsync()).Order());
        Assert.Equal("7", Text((await GetAsync("c0")).Inline));
        await ReleaseAsync("c0");
        await SettleAsync();
        Assert.Empty(await TaskKeysAsync());
    }
}
