using Blaze.Storage.Core.Values;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Calls;

/// <summary>
/// The operations every worker offers: <c>identity</c> (any value), <c>size</c> (any value: how many bytes it has), <c>add</c> (two numbers), <c>add-arrays</c> (two arrays of numbers of one length),
/// <c>ramp</c> (count, first: an array of numbers one apart), <c>sum</c> (an array of numbers).
/// </summary>
public static class CommonOperations
{
    /// <summary>A registry of them.</summary>
    internal static OperationRegistry Registry { get; } = Create();

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => Registry.Names;

    private static OperationRegistry Create()
    {
        var registry = new OperationRegistry();
        registry.Add("identity", (object? value) => value);
        registry.Add("size", (Value value) => value.Length);
        registry.Add("add", (double first, double second) => first + second);
        registry.Add("add-arrays", (Func<ReadOnlyMemory<double>, ReadOnlyMemory<double>, double[]>)AddArrays);
        registry.Add("ramp", (int count, double first) => Enumerable.Range(0, count).Select(at => first + at).ToArray());
        registry.Add("sum", (double[] numbers) => numbers.Sum());
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
