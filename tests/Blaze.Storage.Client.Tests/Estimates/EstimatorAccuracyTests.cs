using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Tests.Estimates;

public sealed class EstimatorAccuracyTests
{
    private const int Trials = 300;

    [Theory]
    [InlineData(0, 15)]
    [InlineData(10, 15)]
    [InlineData(10, 35)]
    [InlineData(0, 90)]
    public void Histogram_UnevenChunks_ErrorsAreHonest(int known, int sampled)
    {
        var (common, rare, entropy) = (new Accuracy("a common byte"), new Accuracy("a rare byte"), new Accuracy("entropy"));
        for (var trial = 0; trial < Trials; trial++)
        {
            var population = Population.Draw(new HistogramOperation(1), sampled > 60 ? 140 : 60, trial, MixedBytes);
            var truth = (HistogramValue)population.Whole;
            var estimate = Assert.IsType<HistogramEstimate>(population.Sample(known, sampled));
            common.Add(new EstimatedNumber(estimate.Counts[0], estimate.StandardErrors[0]), truth.Counts[0]);
            rare.Add(new EstimatedNumber(estimate.Counts[200], estimate.StandardErrors[200]), truth.Counts[200]);
            entropy.Add(estimate.Entropy, truth.Entropy);
        }

        common.AssertHonest();
        rare.AssertHonest();
        entropy.AssertHonest();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Entropy_RandomBytes_IsCorrectedForTheSample(int sampled)
    {
        var (corrected, bias) = (new Accuracy("entropy"), 0.0);
        const int Trials = 150;
        for (var trial = 0; trial < Trials; trial++)
        {
            var population = Population.Draw(new EntropyOperation(), 60, trial, (random, range) => new EntropyValue(Counts(random, range, 256), [8]));
            var truth = ((EntropyValue)population.Whole).Entropy;
            var estimate = Assert.IsType<EntropyEstimate>(population.Sample(0, sampled)).Entropy;
            corrected.Add(estimate, truth);
            bias += (estimate.Value - truth) / Trials;
        }

        // Uncorrected, three chunks of 4 KiB are 0.015 bits too low.
        Assert.InRange(bias, -0.001, 0.001);
        // With equal shares the linearised entropy is flat, and its residuals are noise of about twice the true error.
        corrected.AssertHonest(mostVariance: 6);
    }

    [Fact]
    public void Bigrams_RandomBytes_ErrorCoversUnseenPairs()
    {
        var accuracy = new Accuracy("entropy of pairs");
        for (var trial = 0; trial < 25; trial++)
        {
            var population = Population.Draw(new HistogramOperation(2), 40, trial, (random, range) => new HistogramValue(Counts(random, range, 65536)));
            accuracy.Add(((HistogramEstimate)population.Sample(0, 30)).Entropy, ((HistogramValue)population.Whole).Entropy);
        }

        accuracy.AssertHonest(mostVariance: 25);
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(10, 35)]
    public void Difference_UnevenChunks_ErrorsAreHonest(int known, int sampled)
    {
        var differing = new Accuracy("differing");
        for (var trial = 0; trial < Trials; trial++)
        {
            var population = Population.Draw(new DifferenceOperation(), 60, trial, Difference);
            differing.Add(((DifferenceEstimate)population.Sample(known, sampled)).Differing, ((DifferenceValue)population.Whole).Differing);
        }

        differing.AssertHonest();
    }

    [Theory]
    [InlineData(0, 15, 0)]
    [InlineData(10, 35, 0)]
    [InlineData(10, 35, 1e9)]
    public void Statistics_UnevenChunks_ErrorsAreHonest(int known, int sampled, double offset)
    {
        var names = new[] { "count", "nan", "sum", "mean", "variance" };
        var accuracies = names.Select(name => new Accuracy(name)).ToArray();
        for (var trial = 0; trial < Trials; trial++)
        {
            var population = Population.Draw(
                new StatisticsOperation(ElementType.Parse("f8")), 60, trial, (random, range) => Doubles(random, range, offset));
            var truth = (StatisticsValue)population.Whole;
            var estimate = Assert.IsType<StatisticsEstimate>(population.Sample(known, sampled));
            accuracies[0].Add(estimate.Count, truth.Count);
            accuracies[1].Add(estimate.Nan, truth.NanCount);
            accuracies[2].Add(estimate.Sum, truth.Sum.Real);
            accuracies[3].Add(estimate.Mean, truth.Mean);
            accuracies[4].Add(estimate.Variance, truth.Variance);
        }

        foreach (var accuracy in accuracies)
            accuracy.AssertHonest();
    }

    private static HistogramValue MixedBytes(Random random, ByteRange range)
    {
        var counts = new long[256];
        var zeroes = random.NextDouble() * 0.5;
        for (var i = 0; i < range.Length; i += 8)
            counts[random.NextDouble() < zeroes ? 0 : random.Next(64) * random.Next(5)] += 8;
        return new HistogramValue(counts);
    }

    private static long[] Counts(Random random, ByteRange range, int bins)
    {
        var counts = new long[bins];
        for (var i = 0; i < range.Length; i++)
            counts[random.Next(bins)]++;
        return counts;
    }

    private static DifferenceValue Difference(Random random, ByteRange range)
    {
        var differing = (long)(range.Length * random.NextDouble() * random.NextDouble());
        return differing == 0
            ? new DifferenceValue(range, 0, 0, -1, [])
            : new DifferenceValue(range, differing, 1, range.Start + differing - 1, [new ByteRange(range.Start, range.Start + differing)]);
    }

    private static StatisticsValue Doubles(Random random, ByteRange range, double offset)
    {
        var level = random.NextDouble();
        var moments = Moments.Empty(isInteger: false);
        for (var i = 0; i < range.Length / 8; i++)
        {
            var isNan = random.NextDouble() < level * 0.1;
            var number = Number.Of(offset + level + random.NextDouble());
            moments = Moments.Merge(moments, isNan ? Moments.Empty(false) with { NanCount = 1 } : new Moments(1, 0, number, number, number, 0));
        }

        return new StatisticsValue(moments);
    }
}
