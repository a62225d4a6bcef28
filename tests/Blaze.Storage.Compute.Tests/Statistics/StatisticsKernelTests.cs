using System.Buffers.Binary;
using Blaze.Storage.Compute.Statistics;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute.Tests.Statistics;

public sealed class StatisticsKernelTests
{
    private static readonly string[] Types = ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f4", "f8", ">u2", ">u4", ">u8", ">i2", ">i4", ">i8", ">f4", ">f8"];

    public static TheoryData<string> AllTypes => [.. Types];

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Run_AnyPieceInOneCell_HasTheBitsOfNaive(string type)
    {
        var bytes = Samples.Random(131072 + 40, 1);
        var random = new Random(2);
        for (var i = 0; i < 30; i++)
        {
            var operation = new StatisticsOperation(ElementType.Parse(type), random.Next(ElementType.Parse(type).Size));
            var start = random.Next(0, 65536);
            var range = new ByteRange(start, random.Next(start, i % 3 == 0 ? Math.Min(start + 100, 65536) : 65536));
            AssertSame(operation, bytes, range, 65536);
        }
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void RunCover_AnyRange_HasTheBitsOfNaive(string type)
    {
        var bytes = Samples.Random(Samples.MiB + (3 * 65536) + 3, 3);
        foreach (var phase in new[] { 0, ElementType.Parse(type).Size - 1 }.Distinct())
        {
            var operation = new StatisticsOperation(ElementType.Parse(type), phase);
            foreach (var range in new ByteRange[] { new(0, bytes.Length), new(0, 1048576), new(65535, 1048577), new(123456, 1_200_000) })
                AssertSame(operation, bytes, range, 131072);
        }
    }

    [Theory]
    [InlineData("f4")]
    [InlineData("f8")]
    [InlineData(">f8")]
    public void RunCover_NansInfinitiesAndZeros_HasTheBitsOfNaive(string type)
    {
        var random = new Random(5);
        double[] specials = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, double.Epsilon, 1e300, -1e300];
        foreach (var kinds in new[] { 1, 2, 3, 4, 8 })
        {
            foreach (var share in new[] { 1.0, 0.5, 0.0001 })
            {
                var numbers = new double[40_003];
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = random.NextDouble() < share ? specials[random.Next(kinds)] : random.NextDouble() - 0.5;
                var bytes = Bytes(type, numbers);
                AssertSame(new StatisticsOperation(ElementType.Parse(type)), bytes, new ByteRange(0, bytes.Length), 65536);
            }
        }
    }

    [Fact]
    public void Run_BlocksOfTwoLevels_IsTheLeftFoldOfItsChildren()
    {
        var operation = new StatisticsOperation(ElementType.Parse("f8"));
        var bytes = Bytes("f8", [.. Enumerable.Range(0, 2 * Samples.MiB).Select(i => Math.Sin(i) * 1e9)]);
        var kernel = Kernels.Create(operation);
        var whole = KernelRunner.Run(kernel, operation, bytes, new ByteRange(0, 16 * Samples.MiB));
        var children = Enumerable.Range(0, 16).Select(i => KernelRunner.Run(kernel, operation, bytes, new Block(1, i).Range)).ToArray();
        Assert.Equal(((StatisticsValue)whole).Moments, ((StatisticsValue)operation.Merge(children)).Moments);
        Assert.Equal(((StatisticsValue)whole).Moments, NaiveStatistics.Of(operation, bytes, new ByteRange(0, bytes.Length)).Moments);
    }

    [Fact]
    public void Run_LargeMeanSmallSpread_KeepsTheVariance()
    {
        var random = new Random(6);
        var numbers = Enumerable.Range(0, 131072).Select(_ => 1e9 + random.NextDouble()).ToArray();
        var operation = new StatisticsOperation(ElementType.Parse("f8"));
        var value = (StatisticsValue)KernelRunner.Run(Kernels.Create(operation), operation, Bytes("f8", numbers), new ByteRange(0, Samples.MiB));
        var mean = numbers.Average(x => x - 1e9);
        Assert.Equal(numbers.Average(x => (x - 1e9 - mean) * (x - 1e9 - mean)), value.Variance, 1e-9);
    }

    [Fact]
    public void Run_ExtremesOf64Bits_AreExact()
    {
        var operation = new StatisticsOperation(ElementType.Parse("u8"));
        var bytes = new byte[24];
        bytes.AsSpan(0, 16).Fill(255);
        var value = (StatisticsValue)KernelRunner.Run(Kernels.Create(operation), operation, bytes, new ByteRange(0, 24));
        Assert.Equal(((Int128)ulong.MaxValue) * 2, value.Sum.Whole);
        Assert.Equal(((Int128)0, (Int128)ulong.MaxValue), (value.Min!.Value.Whole, value.Max!.Value.Whole));
    }

    [Fact]
    public void Run_OnlyNan_HasNoExtremes()
    {
        var operation = new StatisticsOperation(ElementType.Parse("f8"));
        var bytes = Bytes("f8", [double.NaN, double.NaN, double.NaN]);
        var value = (StatisticsValue)KernelRunner.Run(Kernels.Create(operation), operation, bytes, new ByteRange(0, 24));
        Assert.Equal((0, 3), (value.Count, value.NanCount));
        Assert.Equal((null, null), (value.Min, value.Max));
        Assert.True(double.IsNaN(value.Mean) && double.IsNaN(value.Variance));
    }

    [Fact]
    public void Begin_RangeWithoutMergeOrder_Throws()
    {
        var kernel = Kernels.Create(new StatisticsOperation(ElementType.Parse("f8")));
        Assert.Throws<ArgumentException>(() => kernel.Begin(new ByteRange(0, 131072)));
        Assert.Throws<ArgumentException>(() => kernel.Begin(new ByteRange(65528, 65544)));
    }

    private static void AssertSame(StatisticsOperation operation, byte[] bytes, ByteRange range, long buffer)
    {
        var naive = NaiveStatistics.Of(operation, bytes, range);
        ChunkKernel[] kernels = [StatisticsKernel.Create<Lanes512>(operation), StatisticsKernel.Create<Lanes256>(operation)];
        foreach (var kernel in kernels)
        {
            var value = (StatisticsValue)KernelRunner.RunCover(kernel, operation, bytes, [], range, buffer);
            Assert.Equal((naive.Count, naive.NanCount, naive.Sum, naive.Min, naive.Max), (value.Count, value.NanCount, value.Sum, value.Min, value.Max));
            Assert.Equal(BitConverter.DoubleToInt64Bits(naive.Mean), BitConverter.DoubleToInt64Bits(value.Mean));
            Assert.Equal((naive.M2, naive.M2.GetHashCode()), (value.M2, value.M2.GetHashCode()));
            Assert.False(value.Min is { IsInteger: false, Real: 0 } && double.IsNegative(value.Min.Value.Real));
        }
    }

    private static byte[] Bytes(string type, double[] numbers)
    {
        var size = ElementType.Parse(type).Size;
        var bytes = new byte[numbers.Length * size];
        for (var i = 0; i < numbers.Length; i++)
        {
            var target = bytes.AsSpan(i * size);
            if (type == "f4")
                BinaryPrimitives.WriteSingleLittleEndian(target, (float)numbers[i]);
            else if (type == "f8")
                BinaryPrimitives.WriteDoubleLittleEndian(target, numbers[i]);
            else
                BinaryPrimitives.WriteDoubleBigEndian(target, numbers[i]);
        }

        return bytes;
    }
}
