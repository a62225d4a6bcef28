using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Sessions;

public sealed class RedisPlainTaskTests(RedisFixture fixture) : PlainTaskTests(fixture);

public sealed class GarnetPlainTaskTests(GarnetFixture fixture) : PlainTaskTests(fixture);

/// <summary>Where what goes by the lines of tasks meets its bounds, or something that does not. The stories of the model are of small graphs.</summary>
public abstract class PlainTaskTests(ServerFixture fixture) : SessionTest(fixture)
{
    // More than are looked at together.
    private const int Wide = 700;

    [Fact]
    public async Task Complete_OneThatManyWaitFor_AllBecomeReadyAndGetItsValue()
    {
        await OpenAsync();
        await SubmitAsync([Call("x"), .. Enumerable.Range(0, Wide).Select(number => Call($"y{number}", "x"))]);
        await RunOneAsync("x", Inline("1"));
        var claimed = await ClaimAllAsync();
        Assert.Equal(Wide, claimed.Count);
        Assert.All(claimed, task => Assert.Equal("x", Assert.Single(task.Inputs).Key));
    }

    [Fact]
    public async Task Complete_OneThatNeedsMany_LetsAllOfThemGo()
    {
        await OpenAsync();
        var needs = Enumerable.Range(0, Wide).Select(number => $"x{number}").ToArray();
        await SubmitAsync([.. needs.Select(need => Call(need))]);
        foreach (var task in await ClaimAllAsync())
            Assert.Equal(ScriptStatus.Done, await CompleteAsync(task, Inline("1")));
        await SubmitAsync(Call("sum", needs));
        await ReleaseAsync(needs);
        Assert.Equal(Wide + 1, (await TaskKeysAsync()).Count);
        await RunOneAsync("sum", Inline("1"));
        await SettleAsync();
        Assert.Equal(["sum"], await TaskKeysAsync());
    }

    [Fact]
    public async Task Complete_OneWithADependantOfTwoSessions_WakesItForBoth()
    {
        await OpenAsync();
        await OpenAsync("other");
        await SubmitAsync(Call("x"), Call("y", "x"), Call("z", "x", "y"));
        await SubmitForAsync("other", Call("x"), Call("y", "x"));
        await RunOneAsync("x", Inline("1"));
        await RunOneAsync("y", Inline("2"));
        await Sessions.CloseAsync("other", Cancellation);
        await RunOneAsync("z", Inline("3"));
        await ReleaseAsync("x", "y", "z");
        await SettleAsync();
        Assert.Empty(await TaskKeysAsync());
    }

    [Fact]
    public async Task Complete_WithALineThatCannotBeRead_SetsThatAsideAndWakesTheRest()
    {
        await OpenAsync();
        await SubmitAsync(Call("x"), Call("broken", "x"), Call("y", "x"));
        await Center.Server.RunAsync(database => database.HashSetAsync(KeyOf("tasks"), "broken", "waiting 0 0 - nonsense"), Cancellation);
        await RunOneAsync("x", Inline("1"));
        await RunOneAsync("y", Inline("2"));
    }

    private async Task<List<ClaimedTask>> ClaimAllAsync()
    {
        var all = new List<ClaimedTask>();
        while (await ClaimAsync(256) is { Count: > 0 } some)
            all.AddRange(some);
        return all;
    }
}
