using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;

namespace Blaze.Storage.Client.Estimates;

/// <summary>Estimates DIFF.</summary>
internal sealed class DifferenceEstimator(Whole whole, int groups) : Estimator(whole, groups)
{
    private readonly CountSample _differing = new(1);

    protected override void AddKnown(ChunkValue value) => _differing.AddKnown([((DifferenceValue)value).Differing]);

    protected override void AddSampled(int group, ChunkValue value) => _differing.AddSampled(group, [((DifferenceValue)value).Differing]);

    protected override Estimate Estimate(double coverage, long chunks) => new DifferenceEstimate(
        coverage,
        chunks,
        new EstimatedNumber(_differing.Totals(Scale)[0], _differing.StandardErrors(Groups, Errors)[0]));
}
