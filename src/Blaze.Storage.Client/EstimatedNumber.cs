namespace Blaze.Storage.Client;

/// <summary>A number estimated from a sample.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">
/// Its standard error, in the unit of the value: <see cref="double.NaN"/> where the sample is too small to tell (fewer than two
/// chunks), 0 where the number is exact. It is also 0 where all sampled chunks agree, so whether a number is exact is
/// said by <see cref="Estimate.Coverage"/>.
/// </param>
public readonly record struct EstimatedNumber(double Value, double StandardError)
{
    /// <summary>A number without error.</summary>
    public static EstimatedNumber Exactly(double value) => new(value, 0);
}
