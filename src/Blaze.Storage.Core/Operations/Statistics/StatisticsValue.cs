namespace Blaze.Storage.Core.Operations.Statistics;

/// <summary>Count, sum, extremes, mean and variance of a chunk's elements.</summary>
/// <param name="moments">What was gathered.</param>
public sealed class StatisticsValue(Moments moments) : ChunkValue
{
    /// <summary>What merging needs.</summary>
    public Moments Moments { get; } = moments;

    /// <summary>Elements that are numbers, infinities included.</summary>
    public long Count => Moments.Count;

    /// <summary>Elements that are NaN; they are left out of everything else.</summary>
    public long NanCount => Moments.NanCount;

    /// <summary>The sum: exact for integers, a double for floats, 0 where there are no elements.</summary>
    public Number Sum => Moments.Sum;

    /// <summary>The smallest element, absent where there is none.</summary>
    public Number? Min => Count == 0 ? null : Moments.Min;

    /// <summary>The largest element, absent where there is none.</summary>
    public Number? Max => Count == 0 ? null : Moments.Max;

    /// <summary>Sum / Count, NaN where Count is 0.</summary>
    public double Mean => Moments.Mean;

    /// <summary>Σ (x − mean)².</summary>
    public double M2 => Moments.M2;

    /// <summary>The population's variance, M2 / Count; NaN where there are no elements or one is infinite.</summary>
    public double Variance => Count == 0 ? double.NaN : M2 / Count;
}
