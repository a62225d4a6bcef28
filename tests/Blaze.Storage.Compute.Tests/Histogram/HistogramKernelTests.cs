using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Compute.Tests.Histogram;

public sealed class HistogramKernelTests
{
    public static TheoryData<int, int> LengthsAndN => [.. from n in new[] { 1, 2 } from length in Samples.Lengths select (n, length)];

    [Theory]
    [MemberData(nameof(LengthsAndN))]
    public void Run_AnyLength_EqualsNaive(int n, int length)
    {
        var operation = new HistogramOperation(n);
        var kernel = Kernels.Create(operation);
        foreach (var bytes in new[] { Samples.Random(length, 1), Samples.Runs(length, 2), new byte[length] })
        {
            var range = new ByteRange(0, length);
            var value = (HistogramValue)KernelRunner.Run(kernel, operation, bytes, range);
            Assert.Equal(NaiveHistogram.Of(n, bytes, range).Counts, value.Counts);
            Assert.Equal(Math.Max(0, length - n + 1), value.Total);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_AnyRangeAndBuffer_EqualsNaive(int n)
    {
        var operation = new HistogramOperation(n);
        var kernel = Kernels.Create(operation);
        var bytes = Samples.Runs((3 * Samples.MiB) + 5, 3);
        var random = new Random(4);
        for (var i = 0; i < 60; i++)
        {
            var range = RandomRange(random, bytes.Length);
            var buffer = 65536L << random.Next(6);
            var value = (HistogramValue)KernelRunner.Run(kernel, operation, bytes, range, buffer);
            Assert.Equal(NaiveHistogram.Of(n, bytes, range).Counts, value.Counts);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RunCover_AnyRange_EqualsNaive(int n)
    {
        var operation = new HistogramOperation(n);
        var kernel = Kernels.Create(operation);
        var bytes = Samples.Runs((17 * Samples.MiB) + 3, 5);
        foreach (var range in new ByteRange[] { new(0, bytes.Length), new(1, bytes.Length - 1), new(65535, 1048577), new(123456, 16_900_000) })
        {
            var value = (HistogramValue)KernelRunner.RunCover(kernel, operation, bytes, [], range, Samples.MiB);
            var naive = NaiveHistogram.Of(n, bytes, range);
            Assert.Equal(naive.Counts, value.Counts);
            Assert.Equal(naive.Entropy, value.Entropy);
        }
    }

    [Fact]
    public void Add_ChunkBeyondFourGiB_DoesNotOverflow()
    {
        var operation = new HistogramOperation(2);
        var kernel = Kernels.Create(operation);
        var zeroes = new byte[(64 * Samples.MiB) + 1];
        var row = new ByteRange(0, 1L << 33);
        kernel.Begin(row);
        for (var at = 0L; at < row.End; at += zeroes.Length - 1)
            kernel.Add(zeroes, [], zeroes.Length - 1);
        Assert.Equal(row.Length, ((HistogramValue)kernel.End()).Counts[0]);
    }

    internal static ByteRange RandomRange(Random random, int length)
    {
        var (a, b) = (random.Next(length + 1), random.Next(length + 1));
        return new ByteRange(Math.Min(a, b), Math.Max(a, b));
    }
}
