using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Tests.Output;

public sealed class ProgressLineTests
{
    private static readonly JobSnapshot HalfDone = Samples.Running(
        Samples.Histogram((0, 512)) with { Bytes = new ByteCounts(4L << 30, 1L << 30, 1L << 30, 1L << 30) },
        0.5,
        new HistogramEstimate(0.5, 12, new double[256], new double[256], new EstimatedNumber(7.9876, 0.00123))) with
    {
        Bytes = new ByteCounts(4L << 30, 1L << 30, 1L << 30, 1L << 30),
    };

    [Theory]
    [InlineData(200, true, "███████████████░░░░░░░░░░░░░░░ 50.0 %  2.00 GiB of 4.00 GiB  512 MiB/s  cache 25.0 %  entropy 7.9876 ± 0.0012 bits/byte  4.0 s left")]
    [InlineData(119, false, "###############............... 50.0 %  2.00 GiB of 4.00 GiB  512 MiB/s  cache 25.0 %  4.0 s left")]
    [InlineData(80, true, "███████░░░░░░░░ 50.0 %  2.00 GiB of 4.00 GiB  512 MiB/s  cache 25.0 %")]
    [InlineData(40, true, "50.0 %  2.00 GiB of 4.00 GiB  512 MiB/s")]
    [InlineData(10, true, "50.0 %")]
    [InlineData(3, true, "50.")]
    [InlineData(0, true, "")]
    public void Of_Width_TakesThePartsThatFit(int width, bool unicode, string expected) =>
        Assert.Equal(expected, ProgressLine.Of(HalfDone, 512L << 20, width, unicode, bar: true));

    [Fact]
    public void Of_NotPlanned_SaysSo() =>
        Assert.Equal("planning ...", ProgressLine.Of(new JobSnapshot { JobId = "j", State = JobState.Running }, 0, 80, true, true));

    [Fact]
    public void Of_Notice_IsShown() =>
        Assert.Equal("no worker", ProgressLine.Of(new JobSnapshot { JobId = "j", State = JobState.Running, Notice = "no worker" }, 0, 80, true, true));

    [Fact]
    public void Of_NothingToRead_IsFine() =>
        Assert.Equal("0.0 %  0 B of 0 B", ProgressLine.Of(HalfDone with { Bytes = default, Coverage = double.NaN, Estimate = null }, double.NaN, 80, false, false));
}
