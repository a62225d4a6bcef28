using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute.Tests;

public sealed class ChunkKernelTests
{
    private static readonly Operation[] All =
    [
        new HistogramOperation(), new HistogramOperation(2), new EntropyOperation(), new DifferenceOperation(), new StatisticsOperation(ElementType.Parse("f8"), 3),
    ];

    [Fact]
    public void Add_MoreThanOwned_Throws()
    {
        foreach (var operation in All)
        {
            var kernel = Kernels.Create(operation);
            kernel.Begin(new ByteRange(0, 10));
            Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Add(new byte[11], new byte[11], 11));
        }
    }

    [Fact]
    public void Add_EndInsideACell_Throws()
    {
        var kernel = Kernels.Create(new HistogramOperation());
        kernel.Begin(new ByteRange(0, 65536));
        Assert.Throws<ArgumentException>(() => kernel.Add(new byte[10], [], 10));
    }

    [Fact]
    public void Add_BeforeBegin_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Kernels.Create(new HistogramOperation()).Add([], [], 0));

    [Fact]
    public void End_WithBytesMissing_Throws()
    {
        var kernel = Kernels.Create(new HistogramOperation());
        kernel.Begin(new ByteRange(0, 10));
        Assert.Throws<InvalidOperationException>(kernel.End);
    }

    [Fact]
    public void Add_FewerBytesThanOwned_ThrowsForOneInput()
    {
        foreach (var operation in All.Where(operation => operation.InputCount == 1))
        {
            var kernel = Kernels.Create(operation);
            kernel.Begin(new ByteRange(0, 10));
            Assert.Throws<ArgumentException>(() => kernel.Add(new byte[9], [], 10));
        }
    }

    [Fact]
    public void Begin_AfterAnUnfinishedRow_ForgetsIt()
    {
        var bytes = Samples.Random(65536, 1);
        foreach (var operation in All)
        {
            var (used, fresh) = (Kernels.Create(operation), Kernels.Create(operation));
            used.Begin(new ByteRange(0, Samples.MiB));
            used.Add(new byte[65536], bytes, 65536);
            var range = new ByteRange(0, 65536);
            Assert.Equal(
                operation.Encode([KernelRunner.Run(fresh, operation, bytes, bytes, range, 65536)]),
                operation.Encode([KernelRunner.Run(used, operation, bytes, bytes, range, 65536)]));
        }
    }

    [Fact]
    public void Add_AnyKernel_AllocatesNothing()
    {
        var bytes = Samples.Random(65536, 1);
        var other = Samples.Random(65536, 2);
        foreach (var operation in All)
        {
            var kernel = Kernels.Create(operation);
            KernelRunner.Run(kernel, operation, bytes, other, new ByteRange(0, 65536), 65536);
            kernel.Begin(new ByteRange(0, 65536));
            var before = GC.GetAllocatedBytesForCurrentThread();
            kernel.Add(bytes, other, 65536);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
