using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Core.Tests.Operations.Statistics;

public sealed class StatisticsOperationTests
{
    private static readonly StatisticsOperation Floats = new(ElementType.Parse("f8"));

    [Fact]
    public void Encode_Integers_ReadsBackExactly()
    {
        foreach (var (type, min, max) in new (string, Int128, Int128)[] { ("u8", 0, ulong.MaxValue), ("i8", long.MinValue, long.MaxValue), ("i1", -128, 127) })
        {
            var operation = new StatisticsOperation(ElementType.Parse(type));
            foreach (var sum in new[] { max << 40, min << 40, (Int128)7, -(Int128)1, Int128.MaxValue, Int128.MinValue })
            {
                var value = new StatisticsValue(new Moments(5, 0, Number.Of(sum), Number.Of(min), Number.Of(max), 1.0 / 3));
                var read = (StatisticsValue)operation.Decode(operation.Encode([operation.Empty, value]))[1];
                Assert.Equal(value.Moments, read.Moments);
            }
        }
    }

    [Theory]
    [InlineData(1.0 / 3, -1e300, 5)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, double.NaN)]
    public void Encode_Floats_ReadsBackBitByBit(double sum, double min, double m2)
    {
        var value = new StatisticsValue(new Moments(5, 7, Number.Of(sum), Number.Of(min), Number.Of(double.MaxValue), m2));
        var encoded = Floats.Encode([value, value]);
        Assert.Equal(encoded, Floats.Encode(Floats.Decode(encoded)));
        Assert.Equal(value.Moments, ((StatisticsValue)Floats.Decode(encoded)[1]).Moments);
        Assert.True(Floats.Encode([value]).Length <= Floats.ResultSize(1));
    }

    [Fact]
    public void Merge_WithNothing_ChangesNoBit()
    {
        var value = Of(0.1, 0.2, 0.7);
        Assert.Equal(value.Moments, ((StatisticsValue)Floats.Merge([Floats.Empty, value, Floats.Empty])).Moments);
    }

    [Fact]
    public void Merge_Parts_HasTheMomentsOfAllElements()
    {
        var merged = (StatisticsValue)Floats.Merge([Of(1, 2), Of(3, 4, 5), Of(6)]);
        Assert.Equal((6, 21.0, 1.0, 6.0, 3.5), (merged.Count, merged.Sum.Real, merged.Min!.Value.Real, merged.Max!.Value.Real, merged.Mean));
        Assert.Equal(35.0 / 12, merged.Variance, 1e-15);
    }

    [Fact]
    public void Merge_OnlyNan_HasNoExtremesAndCountsThem()
    {
        var nan = new StatisticsValue(Moments.Empty(isInteger: false) with { NanCount = 3 });
        var merged = (StatisticsValue)Floats.Merge([nan, nan]);
        Assert.Equal((0, 6, null, null), (merged.Count, merged.NanCount, merged.Min, merged.Max));
        Assert.Equal(6, ((StatisticsValue)Floats.Merge([nan, Of(1), nan])).NanCount);
    }

    [Fact]
    public void Merge_Infinite_HasNoVariance()
    {
        var infinite = new StatisticsValue(new Moments(1, 0, Number.Of(double.PositiveInfinity), Number.Of(double.PositiveInfinity), Number.Of(double.PositiveInfinity), double.NaN));
        var merged = (StatisticsValue)Floats.Merge([Of(1, 2), infinite]);
        Assert.Equal((double.PositiveInfinity, 1.0), (merged.Mean, merged.Min!.Value.Real));
        Assert.True(double.IsNaN(merged.Variance));
    }

    [Theory]
    [InlineData("f8", 8)]
    [InlineData("f8", -1)]
    [InlineData("u1", 1)]
    public void Constructor_PhaseOutOfRange_Throws(string type, int phase) =>
        Assert.Throws<BlazeException>(() => new StatisticsOperation(ElementType.Parse(type), phase));

    [Fact]
    public void Constructor_NoType_Throws() => Assert.Throws<BlazeException>(() => new StatisticsOperation(default));

    [Theory]
    [InlineData("f8", 0, 0)]
    [InlineData("f8", 1, 7)]
    [InlineData("u2", 1, 1)]
    [InlineData("u1", 0, 0)]
    public void Halo_Phase_ReachesToTheEndOfAnElement(string type, int phase, int halo) =>
        Assert.Equal(halo, new StatisticsOperation(ElementType.Parse(type), phase).Halo);

    private static StatisticsValue Of(params double[] elements)
    {
        var mean = elements.Average();
        return new StatisticsValue(new Moments(
            elements.Length, 0, Number.Of(elements.Sum()), Number.Of(elements.Min()), Number.Of(elements.Max()), elements.Sum(x => (x - mean) * (x - mean))));
    }
}
