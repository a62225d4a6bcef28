using System.Runtime.InteropServices;
using Blaze.Storage.Cli.Bench;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Tests.Bench;

/// <summary>A comparison means something only where both sides find the same.</summary>
public sealed class CReferenceTests
{
    // One block: statistics have no order of merging for anything else.
    private const int Buffers = 64;

    public static TheoryData<string> Names => [.. KernelBenchmark.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_SameBuffers_FindsWhatTheKernelFinds(string name)
    {
        using var reference = CReference.TryCreate(out var note);
        Assert.SkipWhen(reference is null, note ?? "");
        var (_, cName, operation) = KernelBenchmark.All.Single(kernel => kernel.Name == name);
        var random = new Random(1);
        var (first, second) = (Buffer(), Buffer());
        foreach (var buffer in new[] { first, second })
        {
            foreach (ref var x in MemoryMarshal.Cast<byte, double>(buffer.AsSpan()))
                x = random.Next(3) == 0 ? random.NextDouble() : 0;
        }

        var found = GC.AllocateArray<long>(65536, pinned: true);

        // The last pair of a buffer ends in the first byte of the next, which is the same buffer again.
        first[KernelBenchmark.BufferSize] = first[0];
        var chunk = new KernelChunk(operation, first, second, Buffers);
        chunk.Run(reference.Find(cName), found);
        AssertSame(chunk.Run(), found);
    }

    private static void AssertSame(ChunkValue value, long[] found)
    {
        switch (value)
        {
            case HistogramValue histogram:
                Assert.Equal(histogram.Counts, found[..histogram.Counts.Length]);
                break;
            case EntropyValue entropy:
                Assert.Equal(entropy.Counts, found[..256]);
                Assert.Equal(entropy.Profile, MemoryMarshal.Cast<long, double>(found.AsSpan(256, entropy.Profile.Length)).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
                break;
            case DifferenceValue difference:
                Assert.Equal([difference.Differing, difference.Runs, difference.Last], found[..3]);
                break;
            case StatisticsValue statistics:
                var numbers = MemoryMarshal.Cast<long, double>(found.AsSpan(1, 4));
                Assert.Equal(statistics.Count, found[0]);
                Assert.Equal((statistics.Min!.Value.Real, statistics.Max!.Value.Real), (numbers[1], numbers[2]));
                Assert.Equal(statistics.Sum.Real, numbers[0], 1e-6);
                Assert.Equal(statistics.M2, numbers[3], 1e-6);
                break;
            default:
                Assert.Fail($"There is no comparison for {value.GetType().Name}.");
                break;
        }
    }

    private static byte[] Buffer() => GC.AllocateArray<byte>(KernelBenchmark.BufferSize + 64, pinned: true);
}
