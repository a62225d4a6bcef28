using Blaze.Storage.Compute.Difference;
using Blaze.Storage.Compute.Entropy;
using Blaze.Storage.Compute.Histogram;
using Blaze.Storage.Compute.Statistics;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Compute;

/// <summary>The kernels of the built-in operations.</summary>
public static class Kernels
{
    /// <summary>Creates the kernel of an operation.</summary>
    /// <exception cref="ArgumentException">The operation is none of the built-in ones.</exception>
    public static ChunkKernel Create(Operation operation) => operation switch
    {
        HistogramOperation { N: 1 } histogram => new ByteHistogramKernel(histogram),
        HistogramOperation histogram => new PairHistogramKernel(histogram),
        EntropyOperation entropy => new EntropyKernel(entropy),
        DifferenceOperation difference => new DifferenceKernel(difference),
        StatisticsOperation statistics => StatisticsKernel.Create(statistics),
        _ => throw new ArgumentException($"There is no kernel for {operation?.Name ?? "nothing"}.", nameof(operation)),
    };
}
