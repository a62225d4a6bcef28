using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Client.Estimates;

/// <summary>Estimates ENT.</summary>
internal sealed class EntropyEstimator(Whole whole, int groups) : Estimator(whole, groups)
{
    private readonly CountSample _counts = new(256);

    protected override void AddKnown(ChunkValue value) => _counts.AddKnown(((EntropyValue)value).Counts);

    protected override void AddSampled(int group, ChunkValue value) => _counts.AddSampled(group, ((EntropyValue)value).Counts);

    protected override Estimate Estimate(double coverage, long chunks) =>
        new EntropyEstimate(coverage, chunks, EntropyOfSample.Estimate(_counts, Groups, Scale, Errors));
}
