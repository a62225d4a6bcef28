using System.Globalization;
using System.Text.RegularExpressions;
using Blaze.Storage.Center.Tests.Sessions;

namespace Blaze.Storage.Center.Tests.Jobs;

public sealed class RedisQueueTests(RedisFixture fixture) : QueueTests(fixture);

public sealed class GarnetQueueTests(GarnetFixture fixture) : QueueTests(fixture);

/// <summary>How long the calls of sessions have waited, which no task says of itself.</summary>
public abstract partial class QueueTests(ServerFixture fixture) : SessionTest(fixture)
{
    [Fact]
    public async Task Queue_WithCallsThatWait_SaysSinceWhenTheyWereSeen()
    {
        await OpenAsync();
        Assert.Null((await Center.Jobs.QueueAsync(Cancellation)).Oldest);
        await SubmitAsync(Call("a"), Call("b"));
        var first = await Center.Jobs.QueueAsync(Cancellation);
        Assert.Equal((2, first.Now), (first.Ready, first.Oldest));
        await ClaimOneAsync();
        Assert.Equal(first.Now, (await Center.Jobs.QueueAsync(Cancellation)).Oldest);
        await ClaimOneAsync();
        var last = await Center.Jobs.QueueAsync(Cancellation);
        Assert.Equal((0, 2, null), (last.Ready, last.Leased, last.Oldest));
    }

    [Fact]
    public async Task Queue_AfterWorkersRenewed_KnowsSinceThen()
    {
        await OpenAsync();
        await SubmitAsync(Call("a"));
        await RenewAsync();
        var noted = await WaitingAsync();
        Assert.StartsWith("[[", noted, StringComparison.Ordinal);
        var look = await Center.Jobs.QueueAsync(Cancellation);
        Assert.Equal(noted, string.Create(CultureInfo.InvariantCulture, $"[[{look.Oldest!.Value.ToUnixTimeMilliseconds()},\"a\"]]"));
    }

    [Fact]
    public async Task Queue_WhoseFirstNotedCallsWereTaken_GoesByThoseThatStillWait()
    {
        await OpenAsync();
        await SubmitAsync(Call("a"));
        await RenewAsync();
        var now = (await Center.Jobs.QueueAsync(Cancellation)).Now.ToUnixTimeMilliseconds();
        await NoteAsync($"[[{now - 90_000},\"taken\"],[{now - 60_000},\"a\"],[{now - 1},\"~ 1 gone\"]]");
        var look = await Center.Jobs.QueueAsync(Cancellation);
        Assert.Equal(now - 60_000, look.Oldest!.Value.ToUnixTimeMilliseconds());
        Assert.Equal($"[[{now - 60_000},\"a\"]]", await WaitingAsync());
    }

    [Fact]
    public async Task Queue_ThatGrowsFast_IsNotedMoreSeldomTheLongerItWaits()
    {
        await OpenAsync();
        await SubmitAsync(Call("a"));
        var now = (await Center.Jobs.QueueAsync(Cancellation)).Now.ToUnixTimeMilliseconds();
        await SubmitAsync(Call("b"));
        await NoteAsync($"[[{now - 3_600_000},\"a\"]]");
        await RenewAsync();
        await SubmitAsync(Call("c"));
        await RenewAsync();
        Assert.EndsWith(",\"b\"]]", await WaitingAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_OfCallsThatPreferOrNeedAPlace_IsNotedAsWell()
    {
        await OpenAsync();
        await RenewAsync();
        await SubmitAsync(Call("a") with { HardPlaces = ["here"] });
        var look = await Center.Jobs.QueueAsync(Cancellation);
        Assert.Equal((1, look.Now), (look.Ready, look.Oldest));
    }

    [Fact]
    public async Task Queue_OfCallsThatNeedDifferentPlaces_IsNotedForEach()
    {
        await OpenAsync();
        await SubmitAsync(Call("a") with { HardPlaces = ["here"] }, Call("b") with { HardPlaces = ["here"] }, Call("c") with { HardPlaces = ["code", "there"] }, Call("d"));
        var now = (await Center.Jobs.QueueAsync(Cancellation)).Now.ToUnixTimeMilliseconds();
        Assert.Equal($"[[{now},\"d\"],[{now},\"=there c\"],[{now},\"=here b\"],[{now},\"=code c\"]]", Order().Replace(await WaitingAsync(), " "));
    }

    [GeneratedRegex(@" \d+ ")]
    private static partial Regex Order();

    private Task RenewAsync() => Tasks.RenewAsync(Worker, "{}", ["here"], [], Lease, Cancellation);

    private async Task<string> WaitingAsync() => (await Center.Server.RunAsync(database => database.HashGetAsync(KeyOf("meta"), "waiting"), Cancellation)).ToString();

    private Task NoteAsync(string notes) => Center.Server.RunAsync(database => database.HashSetAsync(KeyOf("meta"), "waiting", notes), Cancellation);
}
