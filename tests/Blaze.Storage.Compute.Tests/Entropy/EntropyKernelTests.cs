using Blaze.Storage.Compute.Entropy;
using Blaze.Storage.Compute.Tests.Histogram;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Compute.Tests.Entropy;

public sealed class EntropyKernelTests
{
    [Theory]
    [MemberData(nameof(Samples.AllLengths), MemberType = typeof(Samples))]
    public void Run_AnyLength_EqualsNaive(int length)
    {
        foreach (var window in new[] { 1024L, 65536, 1 << 19 })
        {
            var operation = new EntropyOperation(window);
            foreach (var bytes in new[] { Samples.Random(length, 1), Samples.Runs(length, 2), new byte[length] })
                AssertEqual(operation, bytes, new ByteRange(0, length), Samples.MiB);
        }
    }

    [Fact]
    public void Run_AnyRangeWindowAndBuffer_EqualsNaive()
    {
        var bytes = Samples.Runs((2 * Samples.MiB) + 5, 3);
        var random = new Random(4);
        for (var i = 0; i < 40; i++)
        {
            var operation = new EntropyOperation(1024L << random.Next(12));
            AssertEqual(operation, bytes, HistogramKernelTests.RandomRange(random, bytes.Length), 65536L << random.Next(6));
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(65536)]
    [InlineData(2097152)]
    public void RunCover_AnyRange_EqualsNaive(long window)
    {
        var operation = new EntropyOperation(window);
        var kernel = Kernels.Create(operation);
        var bytes = Samples.Runs((17 * Samples.MiB) + 3, 5);
        foreach (var range in new ByteRange[] { new(0, bytes.Length), new(1, bytes.Length - 1), new(65535, 1048577), new(123456, 16_900_000) })
        {
            var value = (EntropyValue)KernelRunner.RunCover(kernel, operation, bytes, [], range, Samples.MiB);
            var naive = NaiveEntropy.Of(window, bytes, range);
            Assert.Equal(naive.Counts, value.Counts);
            Assert.Equal(naive.Profile, value.Profile);
        }
    }

    [Fact]
    public void Run_OneValue_HasEntropyZeroAndAllValuesEight()
    {
        var operation = new EntropyOperation(1024);
        var bytes = new byte[2048];
        for (var i = 1024; i < 2048; i++)
            bytes[i] = (byte)i;
        var value = (EntropyValue)KernelRunner.Run(Kernels.Create(operation), operation, bytes, new ByteRange(0, 2048));
        Assert.Equal([0.0, 8.0], value.Profile);
    }

    private static void AssertEqual(EntropyOperation operation, byte[] bytes, ByteRange range, long buffer)
    {
        var value = (EntropyValue)KernelRunner.Run(Kernels.Create(operation), operation, bytes, range, buffer);
        var naive = NaiveEntropy.Of(operation.Window, bytes, range);
        Assert.Equal(naive.Counts, value.Counts);
        Assert.Equal(naive.Profile, value.Profile);
    }
}
