using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisDemandTests(RedisFixture fixture) : DemandTests(fixture);

public sealed class GarnetDemandTests(GarnetFixture fixture) : DemandTests(fixture);

/// <summary>Tasks that take resources of their worker.</summary>
public abstract class DemandTests(ServerFixture fixture) : CenterTest(fixture)
{
    private static readonly CallDemand One = Gpu(1);
    private static readonly CallDemand Four = Gpu(4);

    [Fact]
    public async Task Claim_WithoutTheDemand_NeverGetsIt()
    {
        await ExpandAsync("a", Task("x1", One), New("x2"));

        Assert.Equal(["x2"], await ClaimAsync(9));
        Assert.Empty(await ClaimAsync(9, (Four, 1)));
        Assert.Equal(["x1"], await ClaimAsync(9, (One, 1)));
    }

    [Fact]
    public async Task Claim_OfManyDemands_BringsNoMoreThanAskedForOfEachInOrderOfService()
    {
        await ExpandAsync("a", Task("x1", One), New("x2"), Task("x3", Four), Task("x4", One), Task("x5", One), Task("x6", Four), New("x7"));

        Assert.Equal(["x1", "x2", "x3", "x4", "x7"], await ClaimAsync(9, (One, 2), (Four, 1)));
        Assert.Equal(["x5"], await ClaimAsync(1, (One, 2), (Four, 2)));
        Assert.Equal(["x6"], await ClaimAsync(9, (Four, 7)));
    }

    [Fact]
    public async Task Claim_WhereTasksOnTheWayWereCancelled_BringsNoMoreThanAskedFor()
    {
        await ExpandAsync("a", [.. Enumerable.Range(1, 20).Select(number => Task($"x{number:00}", One))]);
        await ExpandAsync("b", [.. Enumerable.Range(1, 20).Select(number => Task($"y{number:00}", One))]);
        await Tasks.CancelAsync("a", Cancellation);

        for (var left = 20; left > 0;)
        {
            var claimed = await ClaimAsync(9, (One, 3));
            Assert.InRange(claimed.Count, 0, 3);
            Assert.All(claimed, key => Assert.StartsWith("y", key, StringComparison.Ordinal));
            left -= claimed.Count;
        }
    }

    [Fact]
    public async Task Claim_DemandJoinedToPlaces_WantsBoth()
    {
        await ExpandAsync("a", Task("x", One, "#a", "h2"));

        Assert.Empty(await ClaimAsync(9, (One, 1)));
        Assert.Equal(["x"], (await Tasks.StepAsync(Step(9, (One, 1)) with { Places = ["h2"] }, Cancellation)).Claimed.Select(task => task.Key));
    }

    [Fact]
    public async Task Listen_TasksBecomeReadyAgain_HearsOfEach()
    {
        var heard = System.Threading.Channels.Channel.CreateUnbounded<CallDemand>();
        await using var listening = await Center.Demands.ListenAsync(demand => heard.Writer.TryWrite(demand), Cancellation);
        await ExpandAsync("a", Task("x1", Four), Task("x2", Four), New("x3", 0, 1, "x1") with { HardPlaces = [One.Place] });
        Assert.Equal(Four, await heard.Reader.ReadAsync(Cancellation));

        var first = (await Tasks.StepAsync(Step(9, (Four, 1)), Cancellation)).Claimed[0];
        await CompleteAsync(first);
        Assert.Equal(One, await heard.Reader.ReadAsync(Cancellation));
        var second = (await Tasks.StepAsync(Step(9, (Four, 1)), Cancellation)).Claimed[0];
        await Tasks.ReleaseAsync([new TaskLease(second.Key, second.Attempt)], Cancellation);
        Assert.Equal(Four, await heard.Reader.ReadAsync(Cancellation));
        Assert.False(heard.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task List_ManyTasks_NamesEachDemandOfReadyOnesOnce()
    {
        Assert.Empty(await Center.Demands.ListAsync(Worker, Cancellation));
        var others = new CallDemand(Four.Resources, "op:f");
        await ExpandAsync("a", Task("x1", Four), Task("x2", One), Task("x3", Four), Task("x4", others), Task("x5", Gpu(10)), New("x6") with { HardPlaces = ["p"] });

        Assert.Equal([One, Gpu(10), Four, others], await Center.Demands.ListAsync(Worker, Cancellation));

        await ClaimAsync(9, (Four, 9), (One, 9));
        Assert.Equal([Gpu(10), others], await Center.Demands.ListAsync(Worker, Cancellation));
    }

    [Fact]
    public async Task List_MoreThanFit_NamesTheFirst()
    {
        await ExpandAsync("a", [.. Enumerable.Range(1, 300).Select(count => Task($"x{count}", Gpu(count)))]);

        Assert.Equal(256, (await Center.Demands.ListAsync(Worker, Cancellation)).Distinct().Count());
    }

    [Fact]
    public async Task MakeRoom_OfSeveralWorkers_AsManyMayAsTasksWait()
    {
        await ExpandAsync("a", Task("x1", Four), Task("x2", Four), Task("x3", Four, "#a"));

        var may = new List<bool>();
        foreach (var worker in (string[])["w1", "w2", "w3", "w1"])
            may.Add(await MayAsync(worker));
        Assert.Equal([true, true, false, true], may);
        Assert.True(await MayAsync("w3", places: "#a"));
        await Center.Demands.MakeRoomAsync("w1", [], Four, TimeSpan.Zero, Cancellation);
        await Center.Demands.MakeRoomAsync("w3", [], Four, TimeSpan.Zero, Cancellation);
        Assert.True(await MayAsync("w4"));
        Assert.False(await MayAsync("w5"));

        await ClaimAsync(9, (Four, 2));
        Assert.False(await MayAsync("w5"));
    }

    [Fact]
    public async Task MakeRoom_OfAWorkerThatIsHeardOfNoMore_EndsByItself()
    {
        await ExpandAsync("a", Task("x1", Four));
        Assert.True((await Center.Demands.MakeRoomAsync("w1", [], Four, TimeSpan.FromMilliseconds(1), Cancellation)).MayMakeRoom);

        while (!await MayAsync("w2"))
            Cancellation.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Step_WithImpossibleDemands_IsRefused()
    {
        await Assert.ThrowsAsync<CenterException>(() => Tasks.StepAsync(Step(1, (One, 0)), Cancellation));
        await Assert.ThrowsAsync<CenterException>(() => Tasks.StepAsync(Step(1, [.. Enumerable.Range(1, 33).Select(count => (Gpu(count), 1))]), Cancellation));
    }

    private static CallDemand Gpu(long count) => new(ResourceAmounts.Of([new("gpu", count)]), null);

    private static TaskAddition Task(string key, CallDemand demand, params string[] only) =>
        New(key) with { HardPlaces = only.Length == 0 ? [demand.Place] : [.. only.Select(place => $"{demand.Place}+{place}")] };

    private static StepRequest Step(int count, params (CallDemand Demand, int Most)[] demands) =>
        new(Worker, [], count, Lease) { Places = ["h1"], Demands = [.. demands.Select(demand => new OfferedDemand(demand.Demand, demand.Most))] };

    private async Task<IReadOnlyList<string>> ClaimAsync(int count, params (CallDemand Demand, int Most)[] demands) =>
        [.. (await Tasks.StepAsync(Step(count, demands), Cancellation)).Claimed.Select(task => task.Key)];

    private async Task<bool> MayAsync(string worker, params string[] places) =>
        (await Center.Demands.MakeRoomAsync(worker, places, Four, TimeSpan.FromMinutes(1), Cancellation)).MayMakeRoom;
}
