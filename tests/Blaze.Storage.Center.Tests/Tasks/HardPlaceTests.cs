using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisHardPlaceTests(RedisFixture fixture) : HardPlaceTests(fixture);

public sealed class GarnetHardPlaceTests(GarnetFixture fixture) : HardPlaceTests(fixture);

/// <summary>Tasks that may run at certain places only, and tasks with a priority of their own.</summary>
public abstract class HardPlaceTests(ServerFixture fixture) : CenterTest(fixture)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Claim_OfAWorkerElsewhere_NeverGetsIt()
    {
        await ExpandAsync("a", Only("x", "#gpu", "w9"));
        Assert.Empty(await ClaimAsync(TimeSpan.Zero, "h1", "gpu"));
        var reply = await Tasks.StepAsync(new StepRequest(Worker, [], 0, Lease), Cancellation);
        Assert.Equal((2, null), (reply.Ready, reply.UntilOthers));
        Assert.Equal(["x"], await ClaimAsync(Hour, "h1", "#gpu"));
        Assert.Empty(await ClaimAsync(Hour, "w9"));
    }

    [Fact]
    public async Task Claim_OfHardPlacesOnly_LeavesAllElseToOthers()
    {
        await ClaimAsync(Hour, "p");
        var request = new StepRequest("w2", [], 9, Lease) { Places = ["p"], OnlyHardPlaces = true };
        await ExpandAsync("a", New("x1"), New("x2") with { Places = ["p"] });
        Assert.Empty((await Tasks.StepAsync(request, Cancellation)).Claimed);
        await ExpandAsync("b", Only("x3", "p"), Only("x4", "q"), New("x5"));
        Assert.Equal(["x3"], (await Tasks.StepAsync(request, Cancellation)).Claimed.Select(claimed => claimed.Key));
        Assert.Equal(["x1", "x2", "x5"], (await ClaimAsync(TimeSpan.Zero, "p")).Order());
    }

    [Fact]
    public async Task Claim_PlacesJoinedByPlus_WantsAll()
    {
        await ExpandAsync("a", Only("x", "op:f@2+#gpu"));
        Assert.Empty(await ClaimAsync(TimeSpan.Zero, "op:f@2"));
        Assert.Empty(await ClaimAsync(TimeSpan.Zero, "#gpu"));
        Assert.Equal(["x"], await ClaimAsync(TimeSpan.Zero, "#gpu", "op:f@2"));
    }

    [Fact]
    public async Task Claim_AnEarlierOnePrefersAnotherPlace_TheWorkersOwnComesFirst()
    {
        await ClaimAsync(Hour, "q");
        await ExpandAsync("a", Only("x1", "p") with { Places = ["q"] }, Only("x2", "p"));
        var request = new StepRequest(Worker, [], 1, Lease) { Places = ["p"], LocalityWait = TimeSpan.Zero };
        Assert.Equal(["x2"], (await Tasks.StepAsync(request, Cancellation)).Claimed.Select(task => task.Key));
        Assert.Equal(["x1"], (await Tasks.StepAsync(request, Cancellation)).Claimed.Select(task => task.Key));
    }

    [Fact]
    public async Task Claim_AmongMany_InOrderOfServiceWithThoseOfAnyPlace()
    {
        await ExpandAsync("a", Only("x1", "p"), New("x2"), Only("x3", "q"), New("x4"), Only("x5", "p"));
        Assert.Equal(["x1", "x2", "x4", "x5"], await ClaimAsync(TimeSpan.Zero, "p"));
        Assert.Equal(["x3"], await ClaimAsync(TimeSpan.Zero, "q"));
    }

    [Fact]
    public async Task Claim_HardAndPreferred_OthersWaitForThePreferred()
    {
        await ClaimAsync(Hour, "h1");
        await ExpandAsync("a", Only("x", "op:f") with { Places = ["h1"] });
        var request = new StepRequest("w2", [], 1, Lease) { Places = ["h2", "op:f"], LocalityWait = Hour };
        var reply = await Tasks.StepAsync(request, Cancellation);
        Assert.Empty(reply.Claimed);
        Assert.InRange(reply.UntilOthers!.Value, TimeSpan.FromMinutes(59), Hour);
        Assert.Equal(["x"], await ClaimAsync(TimeSpan.Zero, "h2", "op:f"));
    }

    [Fact]
    public async Task Place_FallsSilent_ItStaysForTheNextWorkerThere()
    {
        await ClaimAsync(Hour, "p");
        await ExpandAsync("a", Only("x", "p"));
        await Center.Server.RunAsync(database => database.SortedSetAddAsync(KeyOf("places"), "p", 0), Cancellation);
        await SettleAsync();
        Assert.Empty(await ClaimAsync(TimeSpan.Zero, "q"));
        Assert.Equal(["x"], await ClaimAsync(TimeSpan.Zero, "p"));
    }

    [Fact]
    public async Task Worker_OfManyPlaces_TakesFromAnyOfThem()
    {
        string[] places = [.. Enumerable.Range(0, StepRequest.MaxPlaces).Select(number => $"op:f{number}@1")];
        await ExpandAsync("a", Only("x", places[63]), Only("y", places[7]));
        Assert.Equal(["x", "y"], await ClaimAsync(TimeSpan.Zero, places));
    }

    [Theory]
    [InlineData("=p")]
    [InlineData("a b")]
    [InlineData("+p")]
    public async Task Name_ThatCannotBeAPlace_Refused(string place)
    {
        await SubmitAsync("a");
        var root = await ClaimOneAsync();
        var error = await Assert.ThrowsAsync<CenterException>(() => Tasks.ContinueAsync(To(root, "x", Only("x", place)), Cancellation));
        Assert.Equal(CenterErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public async Task Priority_OfATask_GoesBeforeTheOrderOfItsJob()
    {
        await ExpandAsync("a", New("low") with { Priority = -1 }, New("usual"), New("high") with { Priority = 1 });
        Assert.Equal(["high", "usual", "low"], (await ClaimAsync(3)).Select(task => task.Key));
    }

    private static TaskAddition Only(string key, params string[] places) => New(key) with { HardPlaces = places };

    private async Task<IReadOnlyList<string>> ClaimAsync(TimeSpan wait, params string[] places) =>
        [.. (await Tasks.StepAsync(new StepRequest("w2", [], 9, Lease) { Places = places, LocalityWait = wait }, Cancellation)).Claimed.Select(task => task.Key)];
}
