using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Tasks;

public sealed class RedisFairnessTests(RedisFixture fixture) : FairnessTests(fixture);

public sealed class GarnetFairnessTests(GarnetFixture fixture) : FairnessTests(fixture);

/// <summary>In which order ready tasks are served.</summary>
public abstract class FairnessTests(ServerFixture fixture) : CenterTest(fixture)
{
    [Fact]
    public async Task SmallJob_BehindAHugeOne_IsServedHalfOfTheTime()
    {
        await ExpandAsync("huge", [.. Enumerable.Range(0, 1_000).Select(number => Leaf($"h{number}")), Merge("mh", "h1")]);
        foreach (var task in await ClaimAsync(100))
            await CompleteAsync(task);
        await SubmitAsync("small");
        var served = new List<string>();
        while (!served.Contains("ms"))
        {
            var task = await ClaimOneAsync();
            served.Add(task.Key);
            if (task.Key == "root-small")
                await Tasks.ContinueAsync(To(task, "ms", [.. Enumerable.Range(0, 10).Select(number => Leaf($"s{number}")), Merge("ms", [.. Enumerable.Range(0, 10).Select(number => $"s{number}")])]), Cancellation);
            else
                await CompleteAsync(task);
        }

        // Its root, ten leaves and the merge, and as many of the others between them.
        Assert.InRange(served.Count, 12, 26);
    }

    [Fact]
    public async Task Leaves_OfOneExpansion_ComeInTheirOrderAcrossPages()
    {
        string[] order = [.. Enumerable.Range(0, 1_300).Select(number => $"x{(number * 7919) % 1_300}")];
        await ExpandAsync("a", [.. order.Select(key => Leaf(key)), Merge("m", order)]);
        var claimed = new List<string>();
        while (claimed.Count < order.Length)
            claimed.AddRange((await ClaimAsync(256)).Select(task => task.Key));
        Assert.Equal(order, claimed);
    }

    [Fact]
    public async Task Merge_ThatBecomesReady_PrecedesItsJobsRemainingLeaves()
    {
        await ExpandAsync("a", Leaf("x1"), Leaf("x2"), Merge("m", "x1", "x2"), Leaf("y1"), Leaf("y2"), Merge("top", "m", "y1", "y2"));
        await CompleteAsync(await ClaimOneAsync());
        await CompleteAsync(await ClaimOneAsync());
        Assert.Equal("m", (await ClaimOneAsync()).Key);
    }

    [Fact]
    public async Task Priority_Higher_GoesFirstHoweverLate()
    {
        await ExpandAsync("low", [.. Enumerable.Range(0, 10).Select(number => Leaf($"l{number}", 1 << 20)), Merge("ml", "l1")]);
        await SubmitAsync("high", priority: 1);
        await SubmitAsync("lowest", priority: -100);
        Assert.Equal("root-high", (await ClaimOneAsync()).Key);
        var rest = await ClaimAsync(20);
        Assert.Equal("root-lowest", rest[^1].Key);
        Assert.Equal(11, rest.Count);
    }

    [Fact]
    public async Task LazyNode_Expanded_GoesOnWhereItStoodInsteadOfBehindItsSiblings()
    {
        await ExpandAsync("a", New("n1", cost: 100), New("n2", cost: 100), Merge("m", "n1", "n2"));
        var node = await ClaimOneAsync();
        Assert.Equal("n1", node.Key);
        await Tasks.ContinueAsync(To(node, "mn", Leaf("x1"), Leaf("x2"), Merge("mn", "x1", "x2")), Cancellation);
        Assert.Equal(["x1", "x2", "n2"], (await ClaimAsync(3)).Select(task => task.Key));
    }
}
