namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// The standard error of a total estimated by the ratio estimator, (population / sampled bytes) · Σ amount, from the residuals
/// e = amount − R · bytes of the groups, R = Σ amount / Σ bytes.
/// </summary>
/// <remarks>
/// The variance is (U − M) · U / M² · Σ e² / (1 − m/M) with U and M the bytes of the population and of the sample and m those of a group. For
/// groups of equal bytes that is the textbook's N² (1 − n/N) s²/n; the weights make it unbiased for uneven
/// ones whose variance grows with their bytes (R. M. Royall and W. G. Cumberland, "Variance estimation in finite population
/// sampling", JASA 73, 1978, their v_D).
/// </remarks>
internal readonly struct RatioError
{
    private readonly double _scale;

    public RatioError(double population, RandomGroups groups)
    {
        var sampled = groups.Bytes;
        _scale = population <= sampled ? 0
            : groups.Count < 2 ? double.NaN
            : (population - sampled) * population / (sampled * sampled);
    }

    /// <summary>The standard error where nothing was or all is sampled: 0 or NaN whatever the residuals; else null.</summary>
    public double? Fixed => _scale == 0 ? 0 : double.IsNaN(_scale) ? double.NaN : null;

    /// <summary>The weight of a group's squared residual.</summary>
    public static double WeightOf(RandomGroups groups, int group) => 1 / (1 - (groups.BytesOf(group) / groups.Bytes));

    /// <summary>The standard error for a weighted sum of squared residuals.</summary>
    public double Of(double weightedSquares) => _scale == 0 ? 0 : Math.Sqrt(_scale * weightedSquares);

    /// <summary>The standard error of the total of an amount of which each group has some.</summary>
    public double Of(RandomGroups groups, Func<int, double> amountOf)
    {
        if (Fixed is { } known)
            return known;
        var total = 0.0;
        for (var group = 0; group < groups.Count; group++)
            total += amountOf(group);
        var ratio = total / groups.Bytes;
        var squares = 0.0;
        for (var group = 0; group < groups.Count; group++)
        {
            var residual = amountOf(group) - (ratio * groups.BytesOf(group));
            squares += residual * residual * WeightOf(groups, group);
        }

        return Of(squares);
    }
}
