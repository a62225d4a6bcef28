namespace Blaze.Storage.TestKit.Faults;

/// <summary>Says for each call, in the order in which they begin, what happens to it. Safe for use by several threads.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly Func<string, StoreFault> _next;

    /// <param name="next">Gets the member's name; called for one call at a time.</param>
    public FaultPlan(Func<string, StoreFault> next) => _next = next;

    /// <summary>These one after the other, and then none.</summary>
    public static FaultPlan Of(IEnumerable<StoreFault> faults)
    {
        var left = new Queue<StoreFault>(faults);
        return new FaultPlan(_ => left.TryDequeue(out var fault) ? fault : StoreFault.None);
    }

    /// <summary>One of the given faults with a probability, else none; the same for the same seed.</summary>
    public static FaultPlan Random(int seed, double probability, params StoreFault[] faults)
    {
        var random = new Random(seed);
        return new FaultPlan(_ => random.NextDouble() < probability ? faults[random.Next(faults.Length)] : StoreFault.None);
    }

    internal StoreFault Next(string member)
    {
        lock (_lock)
            return _next(member);
    }
}
