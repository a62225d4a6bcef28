using Blaze.Storage.Core.Decomposition;

namespace Blaze.Storage.Core.Tests.Decomposition;

public sealed class StratifiedOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Of_AnyCount_IsAPermutation(int count)
    {
        var items = Enumerable.Range(0, count).ToList();

        var ordered = StratifiedOrder.Of(items, seed: 3);

        Assert.Equal(items, ordered.Order());
    }

    [Fact]
    public void Of_FirstRound_TakesOneOfEveryStratum()
    {
        var ordered = StratifiedOrder.Of([.. Enumerable.Range(0, 400)], seed: 3);

        Assert.Equal(Enumerable.Range(0, 20), ordered.Take(20).Select(item => item / 20).Order());
    }
}
