using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.Worker.Resources;
using Blaze.Storage.TestKit.Faults;

namespace Blaze.Storage.Worker.Tests.Resources;

public sealed class DemandBoardTests
{
    private readonly ManualTime _clock = new();
    private readonly ResourcePool _pool = new(Parse("gpu=4,memory=16Gi"), () => { });
    private readonly DemandBoard _sut;

    public DemandBoardTests() => _sut = new DemandBoard(_pool, ["h1", "op:train"], _clock);

    [Theory]
    [InlineData("gpu=5", null)]
    [InlineData("fpga=1", null)]
    [InlineData("gpu=1", "op:other")]
    public void Hear_OfWhatThisWorkerNeverTakes_OffersNothing(string resources, string? function)
    {
        Assert.False(_sut.Hear(new CallDemand(Parse(resources), function)));
        Assert.Empty(_sut.Offer().Demands);
    }

    [Fact]
    public void Offer_OneDemand_AsOftenAsItFits()
    {
        Hear("gpu=1,memory=6Gi");
        Assert.Equal(["gpu=1,memory=6Gi*2"], Offered());

        _pool.TryTake(Parse("memory=5Gi"));
        Assert.Equal(["gpu=1,memory=6Gi*1"], Offered());

        _pool.TryTake(Parse("gpu=4"));
        Assert.Empty(Offered());
        Assert.True(_sut.HasBlocked);
    }

    [Fact]
    public void Offer_SeveralDemands_FitAllTogetherAndEachHasItsTurn()
    {
        Hear("gpu=1", "gpu=3", "memory=16Gi");
        Assert.Equal(["gpu=1*1", "gpu=3*1", "memory=16Gi*1"], Offered());

        _pool.TryTake(Parse("gpu=1"));
        var offer = _sut.Offer();
        Assert.True(offer.IsCutShort);
        Assert.Equal(["gpu=1*3", "memory=16Gi*1"], Texts(offer));
        _sut.Settle(offer, [Demand("gpu=1")], isAll: false);
        Assert.Equal(["gpu=3*1", "memory=16Gi*1"], Offered().Order());
    }

    [Fact]
    public void Settle_NothingCame_ForgetsWhatWasNotHeardOfSince()
    {
        Hear("gpu=1", "gpu=2");
        var offer = _sut.Offer();
        Hear("gpu=2");

        _sut.Settle(offer, [], isAll: true);

        Assert.Equal(["gpu=2*2"], Offered());
    }

    [Fact]
    public void Settle_AsManyCameAsWereAskedFor_ForgetsNothing()
    {
        Hear("gpu=1");

        _sut.Settle(_sut.Offer(), [], isAll: false);

        Assert.Equal(["gpu=1*4"], Offered());
    }

    [Fact]
    public void Refresh_WithoutADemand_ForgetsItUnlessItWasHeardOfMeanwhile()
    {
        Hear("gpu=1", "gpu=2");
        var heard = _sut.Heard;
        Hear("gpu=2");

        Assert.True(_sut.Refresh([Demand("gpu=3")], heard));

        var offer = _sut.Offer();
        Assert.True(offer.IsCutShort);
        Assert.Equal(["gpu=2*2"], Texts(offer));
        Assert.False(_sut.Refresh([Demand("gpu=3"), Demand("gpu=2")], _sut.Heard));
    }

    [Fact]
    public void MakeRoom_ForADemandThatWaits_HoldsBackWhatTakesOfTheSame()
    {
        Hear("gpu=1", "gpu=4", "memory=1Gi");
        var taken = _pool.TryTake(Parse("gpu=1"))!;
        _sut.Offer();
        Assert.Null(_sut.LongestBlocked(TimeSpan.FromSeconds(2)));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Demand("gpu=4"), _sut.LongestBlocked(TimeSpan.FromSeconds(2)));

        _sut.MakeRoom(Demand("gpu=4"));

        Assert.Equal(["memory=1Gi*16"], Offered());
        taken.Release();
        var offer = _sut.Offer();
        Assert.Equal(["gpu=4*1", "memory=1Gi*16"], Texts(offer).Order());
        _sut.Settle(offer, [Demand("gpu=4")], isAll: false);
        Assert.Null(_sut.Room);
        Assert.Null(_sut.LongestBlocked(TimeSpan.Zero));
        Assert.Contains("gpu=1*4", Offered());
    }

    [Fact]
    public void Offer_OfAnything_NeverTakesMoreThanThereIs()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var total = ResourceAmounts.Of([new("gpu", random.Next(1, 9)), new("memory", random.NextInt64(1, 1L << 36))]);
            var pool = new ResourcePool(total, () => { });
            var sut = new DemandBoard(pool, [], _clock);
            for (var at = random.Next(1, 50); at > 0; at--)
                sut.Hear(new CallDemand(ResourceAmounts.Of(((KeyValuePair<string, long>[])[new("gpu", random.Next(1, 9)), new("memory", random.NextInt64(1, 1L << 36))]).Take(random.Next(1, 3))).AsDemand(), null));
            var offer = sut.Offer();
            foreach (var (demand, most) in offer.Demands)
            {
                for (var taken = 0; taken < most; taken++)
                    Assert.NotNull(pool.TryTake(demand.Resources));
            }

            Assert.InRange(offer.Demands.Count, 0, 32);
        }
    }

    private static ResourceAmounts Parse(string text) => ResourceText.TryParse(text, out var amounts, out var problem) ? amounts : throw new ArgumentException(problem, nameof(text));

    private static CallDemand Demand(string text) => new(Parse(text), null);

    private static IReadOnlyList<string> Texts(DemandOffer offer) => [.. offer.Demands.Select(offered => $"{offered.Demand.Resources}*{offered.Most}")];

    private void Hear(params string[] demands) => Assert.All(demands, text => Assert.True(_sut.Hear(Demand(text))));

    private IReadOnlyList<string> Offered() => Texts(_sut.Offer());
}
