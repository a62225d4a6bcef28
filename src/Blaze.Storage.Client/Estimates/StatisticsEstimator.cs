using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// Estimates STAT. Mean and variance are not linear in the totals of the chunks, so their errors are those of the jackknife itself: what they
/// become when a group is left out and the rest is scaled to the whole. For totals that is what <see cref="RatioError"/> computes.
/// </summary>
internal sealed class StatisticsEstimator(Whole whole, int groups) : Estimator(whole, groups)
{
    private readonly Moments?[] _groups = new Moments?[groups];
    private Moments _known;

    protected override void AddKnown(ChunkValue value) => _known = Merge(_known, ((StatisticsValue)value).Moments);

    protected override void AddSampled(int group, ChunkValue value) => _groups[group] = Merge(_groups[group], ((StatisticsValue)value).Moments);

    protected override Estimate Estimate(double coverage, long chunks)
    {
        var count = Total(moments => moments.Count);
        var sum = Total(moments => moments.Sum.Real);
        var center = sum.Value / count.Value;
        var mean = Jackknife(center, sums => center + sums.Mean);
        var variance = Jackknife(center, sums => sums.Variance);
        // Deviations from the estimated mean are smaller than those from the true one, by its squared error.
        if (!double.IsNaN(mean.StandardError))
            variance = variance with { Value = variance.Value + (mean.StandardError * mean.StandardError) };
        return new StatisticsEstimate(coverage, chunks, count, Total(moments => moments.NanCount), sum, mean, variance);
    }

    private EstimatedNumber Total(Func<Moments, double> amountOf)
    {
        var total = 0.0;
        for (var group = 0; group < Groups.Count; group++)
            total += amountOf(_groups[group]!.Value);
        return new EstimatedNumber(
            amountOf(_known) + (Scale * total), Errors.Of(Groups, group => amountOf(_groups[group]!.Value)));
    }

    private EstimatedNumber Jackknife(double center, Func<CenteredSums, double> statisticOf)
    {
        var known = CenteredSums.Of(_known, center);
        var sampled = default(CenteredSums);
        for (var group = 0; group < Groups.Count; group++)
            sampled = sampled.Plus(CenteredSums.Of(_groups[group]!.Value, center), 1);
        var whole = statisticOf(known.Plus(sampled, Scale));
        return new EstimatedNumber(whole, Errors.OfReplicates(Groups, group =>
        {
            var others = sampled.Plus(CenteredSums.Of(_groups[group]!.Value, center), -1);
            return statisticOf(known.Plus(others, Population / (Groups.Bytes - Groups.BytesOf(group)))) - whole;
        }));
    }

    private static Moments Merge(Moments? left, Moments right) => left is { } some && some.Count + some.NanCount > 0 ? Moments.Merge(some, right) : right;

    /// <summary>Count, sum and sum of squares of the elements' distances from a center near their mean, which keeps them small.</summary>
    private readonly record struct CenteredSums(double Count, double Sum, double Squares)
    {
        public double Mean => Sum / Count;

        public double Variance => (Squares / Count) - (Mean * Mean);

        public static CenteredSums Of(Moments moments, double center)
        {
            if (moments.Count == 0)
                return default;
            var distance = moments.Mean - center;
            return new CenteredSums(moments.Count, moments.Count * distance, moments.M2 + (moments.Count * distance * distance));
        }

        public CenteredSums Plus(CenteredSums other, double times) =>
            new(Count + (times * other.Count), Sum + (times * other.Sum), Squares + (times * other.Squares));
    }
}
