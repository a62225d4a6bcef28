using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Client.Estimates;

/// <summary>Estimates HIST.</summary>
internal sealed class HistogramEstimator(int bins, Whole whole, int groups) : Estimator(whole, groups)
{
    private readonly CountSample _counts = new(bins);

    protected override void AddKnown(ChunkValue value) => _counts.AddKnown(((HistogramValue)value).Counts);

    protected override void AddSampled(int group, ChunkValue value) => _counts.AddSampled(group, ((HistogramValue)value).Counts);

    protected override Estimate Estimate(double coverage, long chunks) => new HistogramEstimate(
        coverage,
        chunks,
        _counts.Totals(Scale),
        _counts.StandardErrors(Groups, Errors),
        EntropyOfSample.Estimate(_counts, Groups, Scale, Errors));
}
