namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// The standard error of a total estimated by the ratio estimator, (population / sampled bytes) · Σ amount, from the residuals
/// e = amount − R · bytes of the groups, R = Σ amount / Σ bytes.
/// </summary>
/// <remarks>
/// The variance is (U − M) · U / M² · (n − 1)/n · Σ e² / (1 − m/M)² with U and M the bytes of the population and of the sample, and m
/// those of each of the n groups. For groups of equal bytes that is the textbook's N² (1 − n/N) s²/n; for uneven ones
/// it is the jackknife's, which the empirical study of R. M. Royall and W. G. Cumberland, "An empirical study of the ratio estimator and
/// estimators of its variance", JASA 76 (1981), found to give the most honest intervals.
/// </remarks>
internal readonly struct RatioError
{
    private readonly double _population;
    private readonly double _scale;

    public RatioError(double population, RandomGroups groups)
    {
        var sampled = groups.Bytes;
        _population = population;
        _scale = population <= sampled ? 0
            : groups.Count < 2 ? double.NaN
            : (population - sampled) * population / (sampled * sampled) * (groups.Count - 1) / groups.Count;
    }

    /// <summary>The standard error where it does not depend on the residuals: 0 where everything is sampled, NaN where fewer than two units are; else null.</summary>
    public double? Fixed => _scale == 0 ? 0 : double.IsNaN(_scale) ? double.NaN : null;

    /// <summary>The weight of a group's squared residual.</summary>
    public static double WeightOf(RandomGroups groups, int group)
    {
        var others = 1 - (groups.BytesOf(group) / groups.Bytes);
        return 1 / (others * others);
    }

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

    /// <summary>The jackknife's standard error of any statistic of the totals.</summary>
    /// <param name="changeWithout">How much the statistic changes when a group is left out and the others are scaled to the whole.</param>
    public double OfReplicates(RandomGroups groups, Func<int, double> changeWithout)
    {
        if (Fixed is { } known)
            return known;
        var squares = 0.0;
        for (var group = 0; group < groups.Count; group++)
        {
            var change = changeWithout(group);
            squares += change * change;
        }

        return Math.Sqrt((1 - (groups.Bytes / _population)) * (groups.Count - 1) / groups.Count * squares);
    }
}
