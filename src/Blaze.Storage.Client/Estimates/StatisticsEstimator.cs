using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Estimates;

/// <summary>
/// Estimates STAT. Mean and variance are ratios of totals; their errors are those of the residuals of the linearised ratio,
/// (s − mean · n) / N and (q − variance · n) / N with n, s, q a group's count, sum and squared deviations from the mean.
/// </summary>
internal sealed class StatisticsEstimator(long wholeBytes, int groups) : Estimator(wholeBytes, groups)
{
    private readonly Moments?[] _groups = new Moments?[groups];
    private Moments? _known;

    protected override void AddKnown(ChunkValue value) => _known = Merge(_known, ((StatisticsValue)value).Moments);

    protected override void AddSampled(int group, ChunkValue value) => _groups[group] = Merge(_groups[group], ((StatisticsValue)value).Moments);

    protected override Estimate Estimate(double coverage, long chunks)
    {
        var count = Total(moments => moments.Count);
        var sum = Total(moments => moments.Sum.Real);
        var mean = Mean(count.Value, sum.Value);
        return new StatisticsEstimate(
            coverage, chunks, count, Total(moments => moments.NanCount), sum, mean, Variance(count.Value, mean));
    }

    private EstimatedNumber Mean(double count, double sum)
    {
        if (count == 0)
            return new EstimatedNumber(double.NaN, double.NaN);
        var mean = sum / count;
        return new EstimatedNumber(mean, ErrorOf(moments => moments.Count == 0 ? 0 : moments.Count * (moments.Mean - mean) / count));
    }

    private EstimatedNumber Variance(double count, EstimatedNumber mean)
    {
        if (count == 0)
            return new EstimatedNumber(double.NaN, double.NaN);
        var variance = Total(moments => Deviations(moments, mean.Value)).Value / count;
        var error = ErrorOf(moments => (Deviations(moments, mean.Value) - (variance * moments.Count)) / count);
        // Deviations from the estimated mean are smaller than those from the true one, by its squared error.
        return new EstimatedNumber(double.IsNaN(mean.StandardError) ? variance : variance + (mean.StandardError * mean.StandardError), error);
    }

    private EstimatedNumber Total(Func<Moments, double> amountOf)
    {
        var total = 0.0;
        for (var group = 0; group < Groups.Count; group++)
            total += amountOf(_groups[group]!.Value);
        return new EstimatedNumber((_known is { } known ? amountOf(known) : 0) + (Scale * total), ErrorOf(amountOf));
    }

    private double ErrorOf(Func<Moments, double> amountOf) => Errors.Of(Groups, group => amountOf(_groups[group]!.Value));

    private static double Deviations(Moments moments, double mean) =>
        moments.Count == 0 ? 0 : moments.M2 + (moments.Count * (moments.Mean - mean) * (moments.Mean - mean));

    private static Moments Merge(Moments? left, Moments right) => left is { } some ? Moments.Merge(some, right) : right;
}
