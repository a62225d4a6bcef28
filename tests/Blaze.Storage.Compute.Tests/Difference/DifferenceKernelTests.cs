using Blaze.Storage.Compute.Difference;
using Blaze.Storage.Compute.Tests.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Difference;

namespace Blaze.Storage.Compute.Tests.Difference;

public sealed class DifferenceKernelTests
{
    private static readonly DifferenceOperation Operation = new();

    [Theory]
    [MemberData(nameof(Samples.AllLengths), MemberType = typeof(Samples))]
    public void Run_AnyLength_EqualsNaive(int length)
    {
        var bytes = Samples.Random(length, 1);
        foreach (var other in Others(bytes))
            AssertEqual(bytes, other, new ByteRange(0, Math.Max(length, other.Length)), Samples.MiB);
    }

    [Fact]
    public void Run_AnyRangeAndBuffer_EqualsNaive()
    {
        var bytes = Samples.Random(Samples.MiB + 77, 3);
        var others = Others(bytes).ToArray();
        var random = new Random(4);
        for (var i = 0; i < 100; i++)
        {
            var other = others[i % others.Length];
            var range = HistogramKernelTests.RandomRange(random, Math.Max(bytes.Length, other.Length));
            AssertEqual(bytes, other, range, 65536L << random.Next(5));
        }
    }

    [Fact]
    public void RunCover_AnyRange_EqualsNaive()
    {
        var bytes = Samples.Random((3 * Samples.MiB) + 3, 5);
        var kernel = Kernels.Create(Operation);
        foreach (var other in Others(bytes))
        {
            var end = Math.Max(bytes.Length, other.Length);
            foreach (var range in new ByteRange[] { new(0, end), new(1, end - 1), new(65535, 1048577), new(123456, 3_000_000) })
                AssertSame(NaiveDifference.Of(bytes, other, range), (DifferenceValue)KernelRunner.RunCover(kernel, Operation, bytes, other, range, Samples.MiB));
        }
    }

    [Fact]
    public void Run_DifferenceAcrossBuffers_IsOneRun()
    {
        var (bytes, other) = (new byte[200_000], new byte[200_000]);
        other.AsSpan(60_000, 80_000).Fill(1);
        var value = (DifferenceValue)KernelRunner.Run(Kernels.Create(Operation), Operation, bytes, other, new ByteRange(0, 200_000), 65536);
        Assert.Equal(new ByteRange(60_000, 140_000), Assert.Single(value.Ranges));
        Assert.Equal((80_000, 1, 60_000, 139_999), (value.Differing, value.Runs, value.First, value.Last));
    }

    private static IEnumerable<byte[]> Others(byte[] bytes) =>
    [
        bytes,
        Samples.Random(bytes.Length, 99),
        Samples.Changed(bytes, 7, 1),
        Samples.Changed(bytes, 8, 0.01),
        [.. bytes.Select(x => (byte)~x)],
        [.. bytes.Select((x, i) => (byte)(x ^ (i & 1)))],
        bytes[..(bytes.Length / 2)],
        [.. bytes, .. Samples.Random(1000, 9)],
        [],
    ];

    private static void AssertEqual(byte[] first, byte[] second, ByteRange range, long buffer) => AssertSame(
        NaiveDifference.Of(first, second, range),
        (DifferenceValue)KernelRunner.Run(Kernels.Create(Operation), Operation, first, second, range, buffer));

    private static void AssertSame(DifferenceValue expected, DifferenceValue actual)
    {
        Assert.Equal(expected.Range, actual.Range);
        Assert.Equal((expected.Differing, expected.Runs, expected.First, expected.Last), (actual.Differing, actual.Runs, actual.First, actual.Last));
        Assert.Equal(expected.Ranges, actual.Ranges);
    }
}
