using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Calls;

/// <summary>The operations every worker offers; see <see cref="CommonOperation"/>.</summary>
internal static class CommonOperations
{
    /// <summary>A registry of them.</summary>
    public static OperationRegistry Registry { get; } = Create();

    private static OperationRegistry Create()
    {
        var registry = new OperationRegistry();
        registry.Add(CommonOperation.Identity, (object? value) => value);
        registry.Add(CommonOperation.Size, (Value value) => value.Length);
        registry.Add(CommonOperation.Add, (double first, double second) => first + second);
        registry.Add(CommonOperation.AddArrays, (Func<ReadOnlyMemory<double>, ReadOnlyMemory<double>, double[]>)AddArrays);
        registry.Add(CommonOperation.Ramp, (int count, double first) => Enumerable.Range(0, count).Select(at => first + at).ToArray());
        registry.Add(CommonOperation.Sum, (double[] numbers) => numbers.Sum());
        return registry;
    }

    private static double[] AddArrays(ReadOnlyMemory<double> first, ReadOnlyMemory<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"Arrays of {first.Length} and {second.Length} numbers cannot be added; they must be of one length.");
        var sums = GC.AllocateUninitializedArray<double>(first.Length);
        var left = first.Span;
        var right = second.Span;
        for (var at = 0; at < sums.Length; at++)
            sums[at] = left[at] + right[at];
        return sums;
    }
}
