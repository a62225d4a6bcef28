using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Tests.Output;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1536, "1.50 KiB")]
    [InlineData(1023 * 1024, "1.00 MiB")]
    [InlineData(65536, "64.0 KiB")]
    [InlineData(9.2233720368547758E+18, "8.00 EiB")]
    [InlineData(double.NaN, "0 B")]
    [InlineData(double.PositiveInfinity, "0 B")]
    public void Bytes_Anything_IsShort(double bytes, string expected) => Assert.Equal(expected, Units.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1.00k")]
    [InlineData(999_600, "1.00M")]
    [InlineData(12_345_678, "12.3M")]
    [InlineData(1e18, "1.00E")]
    public void Count_Anything_IsShort(double count, string expected) => Assert.Equal(expected, Units.Count(count));

    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(0.4567, "45.7 %")]
    [InlineData(0.99999, "99.9 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(double.NaN, "- %")]
    public void Percent_LessThanAll_IsNeverHundred(double share, string expected) => Assert.Equal(expected, Units.Percent(share));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(-5, "0 ms")]
    [InlineData(0.34, "340 ms")]
    [InlineData(0.9996, "1.0 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.96, "1 min 00 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(11220, "3 h 07 min")]
    [InlineData(356_400, "4 d 03 h")]
    public void Duration_Anything_IsShort(double seconds, string expected) => Assert.Equal(expected, Units.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(7.5, 0, 1.0, 20, true, "7.5")]
    [InlineData(7.5, 0, 0.5, 20, true, "7.5 ± 0")]
    [InlineData(7.5, 0.0123, 0.5, 20, true, "7.5 ± 0.012")]
    [InlineData(7.5, 0.0123, 0.5, 20, false, "7.5 +- 0.012")]
    [InlineData(7.5, 0.0123, 0.5, 9, true, "≈ 7.5")]
    [InlineData(7.5, double.NaN, 0.5, 20, true, "≈ 7.5")]
    [InlineData(7.5, double.NaN, 0.5, 20, false, "~ 7.5")]
    [InlineData(double.NaN, double.NaN, 0.5, 20, true, "unknown")]
    [InlineData(double.PositiveInfinity, 0, 0.5, 20, true, "Infinity")]
    public void Text_EstimatedNumber_TellsItsError(double value, double error, double coverage, long chunks, bool unicode, string expected)
    {
        var number = new EstimatedNumber(value, error);
        Assert.Equal(expected, Numbers.Text(number, new EntropyEstimate(coverage, chunks, number), unicode));
    }

    [Fact]
    public void Add_SamplesOverTime_RateIsThatOfTheLastSeconds()
    {
        var meter = new RateMeter();
        Assert.Equal(0, meter.Add(TimeSpan.Zero, 500));
        Assert.Equal(1000, meter.Add(TimeSpan.FromSeconds(1), 1500));
        Assert.Equal(1000, meter.Add(TimeSpan.FromSeconds(3), 3500));
        Assert.Equal(0, meter.Add(TimeSpan.FromSeconds(20), 3500));
    }
}
