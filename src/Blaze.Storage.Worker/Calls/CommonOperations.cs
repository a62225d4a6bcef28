using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Worker.Calls;

/// <summary>
/// The operations every worker offers: <c>identity</c> (any value), <c>exists</c> (whether its argument can be had, which makes it so), <c>add</c> (two numbers), <c>add-arrays</c> (two arrays of numbers of one length),
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
        registry.Add("exists", (object? value) => true);
        registry.Add("add", (double first, double second) => first + second);
        registry.Add("add-arrays", (Func<double[], double[], double[]>)AddArrays);
        registry.Add("ramp", (int count, double first) => Enumerable.Range(0, count).Select(at => first + at).ToArray());
        registry.Add("sum", (double[] numbers) => numbers.Sum());
        return registry;
    }

    // The arrays are copies of what was sent: the first one is good for the result.
    private static double[] AddArrays(double[] first, double[] second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"Arrays of {first.Length} and {second.Length} numbers cannot be added; they must be of one length.");
        for (var at = 0; at < first.Length; at++)
            first[at] += second[at];
        return first;
    }
}
