using System.Text.RegularExpressions;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisPlaceTests(RedisFixture fixture) : PlaceTests(fixture);

public sealed class GarnetPlaceTests(GarnetFixture fixture) : PlaceTests(fixture);

/// <summary>Tasks that prefer places.</summary>
public abstract partial class PlaceTests(ServerFixture fixture) : CenterTest(fixture)
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Fact]
    public async Task Claim_OwnAndOthers_TakesItsOwnAndThoseOfNobodyInTheirOrder()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("a", At("x1", "p"), At("y1", "q"), Leaf("z1"), At("x2", "q", "p"), At("y2", "q"), Leaf("z2"));
        Assert.Equal(["x1", "z1", "x2", "z2"], await ClaimKeysAsync(9, Long, "p"));
        Assert.Equal(["y1", "y2"], await ClaimKeysAsync(9, Long, "q"));
    }

    [Fact]
    public async Task Claim_OthersBeforeTheirWait_LeavesThemAndSaysHowLong()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("a", At("x", "p"));
        var reply = await StepAsync(1, TimeSpan.FromSeconds(30), "q");
        Assert.Empty(reply.Claimed);
        Assert.Equal(1, reply.Ready);
        Assert.InRange(reply.UntilOthers!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Claim_OthersAfterTheirWait_TakesThemWhenItsOwnAreTooFew()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("a", At("y1", "q"), At("y2", "q"), At("x1", "p"), At("x2", "p"));
        Assert.Equal(["x1", "x2"], await ClaimKeysAsync(2, TimeSpan.Zero, "p"));
        var reply = await StepAsync(9, TimeSpan.Zero, "p");
        Assert.Equal(["y1", "y2"], reply.Claimed.Select(task => task.Key));
        Assert.Null(reply.UntilOthers);
    }

    [Fact]
    public async Task Claim_OthersOfAHigherBand_GoBeforeItsOwn()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("low", At("x", "p"), At("y", "p"));
        await SubmitAsync("high", priority: 1);
        var root = await ClaimOneAsync();
        await Tasks.ContinueAsync(To(root, "h", At("h", "q")), Cancellation);
        Assert.Equal("x", Assert.Single(await ClaimKeysAsync(1, Long, "p")));
        Assert.Equal("h", Assert.Single(await ClaimKeysAsync(1, TimeSpan.Zero, "p")));
    }

    [Fact]
    public async Task Claim_ThreeWorkersOfThreePlaces_EachHasItsOwn()
    {
        string[] places = ["p0", "p1", "p2"];
        await HearOfAsync(places);
        await ExpandAsync("a", [.. Enumerable.Range(0, 300).Select(number => At($"x{number}", places[number % 3])), Merge("m", "x0")]);
        var claimed = new List<string>[] { [], [], [] };
        for (var round = 0; round < 24; round++)
            claimed[round % 3].AddRange(await ClaimKeysAsync(16, Long, places[round % 3]));
        for (var place = 0; place < 3; place++)
            Assert.Equal(Enumerable.Range(0, 100).Select(number => $"x{(3 * number) + place}"), claimed[place]);
    }

    [Fact]
    public async Task Wait_AfterALostLeaseOrARelease_CountsFromTheFirstTime()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("a", At("x", "p"));
        var since = await SinceAsync("x");
        var first = Assert.Single((await StepAsync(1, Long, "p")).Claimed);
        await RunOutAsync(first);
        await HearOfAsync("p");
        await SettleAsync();
        Assert.Equal(since, await SinceAsync("x"));
        var second = Assert.Single((await StepAsync(1, Long, "p")).Claimed);
        Assert.True(second.Attempt > first.Attempt);
        await Tasks.ReleaseAsync([new TaskLease("x", second.Attempt)], Cancellation);
        Assert.Equal(since, await SinceAsync("x"));
        Assert.Empty((await StepAsync(1, Long, "q")).Claimed);
    }

    [Fact]
    public async Task Wait_OfATaskThatStartsAnew_StartsAnew()
    {
        await HearOfAsync("p");
        await ExpandAsync("a", At("x", "p"), Leaf("other"));
        var task = (await StepAsync(2, Long, "p")).Claimed.First(claimed => claimed.Key == "x");
        var line = (await Center.Server.RunAsync(database => database.HashGetAsync(KeyOf("tasks"), "x"), Cancellation)).ToString();
        await Center.Server.RunAsync(database => database.HashSetAsync(KeyOf("tasks"), "x", Since().Replace(line, "s1")), Cancellation);
        Assert.Equal("s1", await SinceAsync("x"));
        await Tasks.FailAsync("x", task.Attempt, Error("boom"), Cancellation);
        await ExpandAsync("b", At("x", "p"));
        Assert.NotEqual("1", await SinceAsync("x"));
    }

    [Fact]
    public async Task Place_NeverHeardOf_IsNoPreference()
    {
        await ExpandAsync("a", At("x", "nowhere"));
        Assert.Equal("x", (await ClaimOneAsync()).Key);
    }

    [Fact]
    public async Task Place_FallsSilent_ItsTasksBecomeEverybodysAndOthersKeepTheirOtherPlace()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("a", [.. Enumerable.Range(0, 200).Select(number => number % 2 == 0 ? At($"x{number}", "p") : At($"x{number}", "p", "q"))]);
        Assert.Empty((await StepAsync(1, Long, "other")).Claimed);
        await SilenceAsync("p");
        Assert.True(await SettleAsync() > 2, "The upkeep is bounded.");
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"x{2 * number}"), await ClaimKeysAsync(256, Long, "other"));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"x{(2 * number) + 1}"), await ClaimKeysAsync(256, Long, "q"));
    }

    [Fact]
    public async Task Place_HeardOfByARenewal_IsAlive()
    {
        await Tasks.RenewAsync("w", "{}", ["p"], [], Lease, Cancellation);
        await ExpandAsync("a", At("x", "p"));
        Assert.Empty((await StepAsync(1, Long, "other")).Claimed);
        Assert.Equal("x", Assert.Single(await ClaimKeysAsync(1, Long, "p")));
    }

    [Fact]
    public async Task SharedByAMoreUrgentJob_MovesInTheQueueOfItsPlace()
    {
        await HearOfAsync("p");
        await ExpandAsync("a", At("x1", "p"), At("x2", "p"));
        await SubmitAsync("b", priority: 5);
        await Tasks.ContinueAsync(To(await ClaimOneAsync(), "x2", At("x2", "p")), Cancellation);
        Assert.Equal(["x2", "x1"], await ClaimKeysAsync(9, Long, "p"));
        Assert.Equal(0, await MembersAsync());
    }

    [Fact]
    public async Task Cancelled_Job_LeavesNothingAtItsPlaces()
    {
        await HearOfAsync("p", "q");
        await ExpandAsync("a", [.. Enumerable.Range(0, 100).Select(number => At($"x{number}", "p", "q"))]);
        Assert.Equal(300, await MembersAsync());
        await Tasks.CancelAsync("a", Cancellation);
        await SettleAsync();
        Assert.Equal(0, await MembersAsync());
        Assert.Empty(await TaskKeysAsync());
    }

    [Fact]
    public async Task StrangeMember_OfAPlace_IsRemovedAndTheRestIsServed()
    {
        await HearOfAsync("p");
        await ExpandAsync("a", At("x", "p"));
        foreach (var member in new[] { "p 0000000000000001 gone", "p 0000000000000001 x", "p nonsense" })
            await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("near"), member, 0), Cancellation);
        Assert.Equal("x", Assert.Single(await ClaimKeysAsync(9, Long, "p")));
        await ClaimKeysAsync(9, Long, "p");
        Assert.Equal(0, await MembersAsync());
    }

    [Fact]
    public async Task BytesRemote_OfCompletions_AreCountedForTheJob()
    {
        await ExpandAsync("a", Leaf("x", 100));
        var task = await ClaimOneAsync();
        await Tasks.StepAsync(new StepRequest(Worker, [new Completion(task.Key, task.Attempt, 100, false, 30)], 0, Lease), Cancellation);
        Assert.Equal(new JobProgress(0, 0, 1, 0, 0, 100, 100, 30), (await JobAsync("a")).Progress);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("~")]
    [InlineData("a b")]
    [InlineData("a,b")]
    public async Task Place_ThatCannotBeKept_IsRefused(string place)
    {
        var error = await Assert.ThrowsAsync<CenterException>(() => StepAsync(1, Long, place));
        Assert.Equal(CenterErrorKind.Invalid, error.Kind);
    }

    private static TaskAddition At(string key, params string[] places) => Leaf(key) with { Places = places };

    private async Task HearOfAsync(params string[] places)
    {
        foreach (var place in places)
            await StepAsync(0, Long, place);
    }

    private Task<StepReply> StepAsync(int claim, TimeSpan wait, string place, TimeSpan? lease = null) =>
        Tasks.StepAsync(new StepRequest("w-" + place.GetHashCode(StringComparison.Ordinal), [], claim, lease ?? Lease) { Places = [place], LocalityWait = wait }, Cancellation);

    private async Task<IReadOnlyList<string>> ClaimKeysAsync(int claim, TimeSpan wait, string place) =>
        [.. (await StepAsync(claim, wait, place)).Claimed.Select(task => task.Key)];

    private Task SilenceAsync(string place) =>
        Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("places"), place, 0), Cancellation);

    private Task<long> MembersAsync() => Center.Server.RunAsync(database => database.SortedSetLengthAsync(KeyOf("near")), Cancellation);

    private async Task<string> SinceAsync(string key)
    {
        var line = (await Center.Server.RunAsync(database => database.HashGetAsync(KeyOf("tasks"), key), Cancellation)).ToString();
        var since = Since().Match(line);
        Assert.True(since.Success, line);
        return since.Value;
    }

    // In a task's line, the item that says when it became ready first.
    [GeneratedRegex("(?<=[ ,])s[0-9]+(?=[ ,])")]
    private static partial Regex Since();
}
