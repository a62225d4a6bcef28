namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// The Shannon entropy of the whole, in bits per item, from a sample of its counts.
/// </summary>
/// <remarks>
/// The plug-in entropy H of estimated totals Y (T in sum) is too low by ½ Σ Var(Y)·|∂²H/∂Y²| = Σ Var(Y) / (2 ln 2 · T · Y). Taking items as drawn
/// one by one, Var(Y) = U² r (1 − r) / M · (1 − M/U) with r a bin's share of the M items sampled and U the items of the
/// stratum, this is the correction (K − 1) / (2 ln 2 · M) of G. A. Miller, "Note on the bias of information estimates" (1955),
/// for K bins seen, less the part that is sampled already and the part that is known. Chunks that differ much from each other leave a
/// further bias of the order of the squared error.
/// <para>
/// The standard error is that of the linearised entropy Σ y·g, g = −(log2 p + H) / T (delta method). Bins that were never seen are
/// what Miller's correction cannot know; the correction, weighted by the square root of the share of bins' items seen once
/// (I. J. Good's estimate of the unseen mass, 1953), is added to the error in quadrature.
/// </para>
/// </remarks>
internal static class EntropyOfSample
{
    public static EstimatedNumber Estimate(CountSample counts, RandomGroups groups, double scale, RatioError errors)
    {
        var totals = counts.Totals(scale);
        var (sum, plugIn) = PlugIn(totals);
        if (sum == 0)
            return new EstimatedNumber(0, errors.Fixed ?? 0);
        var (bias, unseen) = Bias(counts.Sampled, totals, sum, scale);
        var gradient = new double[totals.Length];
        for (var bin = 0; bin < gradient.Length; bin++)
            gradient[bin] = totals[bin] > 0 ? -(Math.Log2(totals[bin] / sum) + plugIn) / sum : 0;
        var linear = errors.Of(groups, group => Dot(counts.Group(group), gradient));
        var error = linear == 0 && errors.Fixed is 0 ? 0 : Math.Sqrt((linear * linear) + (bias * bias * unseen));
        return new EstimatedNumber(Math.Min(plugIn + bias, Math.Log2(totals.Length)), error);
    }

    private static (double Sum, double Entropy) PlugIn(double[] totals)
    {
        var sum = totals.Sum();
        var entropy = 0.0;
        foreach (var total in totals)
        {
            if (total > 0)
                entropy -= total / sum * Math.Log2(total / sum);
        }

        return (sum, entropy);
    }

    private static (double Bias, double Unseen) Bias(long[] sampled, double[] totals, double sum, double scale)
    {
        double items = sampled.Sum();
        if (items == 0 || scale <= 1)
            return (0, 0);
        double bias = 0, once = 0;
        for (var bin = 0; bin < sampled.Length; bin++)
        {
            if (sampled[bin] == 0)
                continue;
            var share = sampled[bin] / items;
            bias += share * (1 - share) / totals[bin];
            once += sampled[bin] == 1 ? 1 : 0;
        }

        // U²/M · (1 − M/U) = M · scale · (scale − 1).
        return (bias * items * scale * (scale - 1) / (2 * Math.Log(2) * sum), once / items);
    }

    private static double Dot(ReadOnlySpan<long> counts, double[] gradient)
    {
        var sum = 0.0;
        for (var bin = 0; bin < gradient.Length; bin++)
            sum += counts[bin] * gradient[bin];
        return sum;
    }
}
