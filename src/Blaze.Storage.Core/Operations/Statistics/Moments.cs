namespace Blaze.Storage.Core.Operations.Statistics;

/// <summary>
/// Count, sum, extremes and the sum of squared deviations of some elements. Elements that are NaN are counted apart and left
/// out of everything else. Infinities make the sum infinite or NaN and the deviations NaN. Minus zero counts as zero.
/// </summary>
/// <param name="Count">Elements that are numbers.</param>
/// <param name="NanCount">Elements that are NaN.</param>
/// <param name="Sum">Exact for integers.</param>
/// <param name="Min">The smallest; meaningless where Count is 0.</param>
/// <param name="Max">The largest; meaningless where Count is 0.</param>
/// <param name="M2">Σ (x − mean)².</param>
public readonly record struct Moments(long Count, long NanCount, Number Sum, Number Min, Number Max, double M2)
{
    /// <summary>The moments of no elements, the identity of <see cref="Merge"/>.</summary>
    public static Moments Empty(bool isInteger)
    {
        var zero = isInteger ? Number.Of(Int128.Zero) : Number.Of(0.0);
        return new Moments(0, 0, zero, zero, zero, 0);
    }

    /// <summary>Sum / Count, NaN where Count is 0.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum.Real / Count;

    /// <summary>
    /// The moments of the elements of both, the left ones first. M2 by T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating
    /// formulae and a pairwise algorithm for computing sample variances" (1979): M2 = (M2ₗ + M2ᵣ) + (d·d)·((nₗ·nᵣ)/n) with
    /// d = meanᵣ − meanₗ, in doubles and in this order.
    /// </summary>
    public static Moments Merge(in Moments left, in Moments right)
    {
        if (right.Count == 0)
            return left with { NanCount = left.NanCount + right.NanCount };
        if (left.Count == 0)
            return right with { NanCount = left.NanCount + right.NanCount };
        var count = left.Count + right.Count;
        var distance = right.Mean - left.Mean;
        return new Moments(
            count,
            left.NanCount + right.NanCount,
            Number.Add(left.Sum, right.Sum),
            Number.Min(left.Min, right.Min),
            Number.Max(left.Max, right.Max),
            left.M2 + right.M2 + (distance * distance * ((double)left.Count * right.Count / count)));
    }
}
