using Blaze.Storage.Client.Estimates;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Tests.Estimates;

public sealed class EstimatorTests
{
    private static readonly Operation Bytes = new HistogramOperation(1);

    [Fact]
    public void Estimate_EverythingSampled_IsTheValueWithoutError()
    {
        var population = Population.Draw(Bytes, 30, 1, Histogram);
        var truth = (HistogramValue)population.Whole;

        var estimate = Assert.IsType<HistogramEstimate>(population.Sample(5, 25));

        Assert.Equal(1, estimate.Coverage);
        Assert.Equal(truth.Counts.Select(count => (double)count), estimate.Counts);
        Assert.All(estimate.StandardErrors, error => Assert.Equal(0, error));
        Assert.Equal(EstimatedNumber.Exactly(truth.Entropy), estimate.Entropy);
    }

    [Fact]
    public void Estimate_EverythingKnown_HasNoErrorAndNoSample()
    {
        var population = Population.Draw(Bytes, 30, 2, Histogram);

        var estimate = Assert.IsType<HistogramEstimate>(population.Sample(30, 0));

        Assert.Equal(0, estimate.SampledChunks);
        Assert.All(estimate.StandardErrors, error => Assert.Equal(0, error));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(10, 0)]
    public void Estimate_FewerThanTwoSampledChunks_ErrorIsUnknown(int known, int sampled)
    {
        var estimate = Assert.IsType<HistogramEstimate>(Population.Draw(Bytes, 30, 3, Histogram).Sample(known, sampled));

        Assert.All(estimate.StandardErrors, error => Assert.Equal(double.NaN, error));
        Assert.Equal(double.NaN, estimate.Entropy.StandardError);
        Assert.InRange(estimate.Entropy.Value, 0, 8);
    }

    [Fact]
    public void Estimate_KnownStratum_CountsAsItIs()
    {
        // The known half is all zeroes, the sampled half has none: scaling the whole sample up would invent zeroes.
        var estimator = Estimator.For(Bytes, new Whole(6000, 1));
        estimator.Add(Chunk(0, 3000, 0, known: true));
        estimator.Add(Chunk(1, 1000, 7));
        estimator.Add(Chunk(2, 1000, 7));

        var estimate = Assert.IsType<HistogramEstimate>(estimator.Estimate(Bytes.Empty));

        Assert.Equal(3000, estimate.Counts[0]);
        Assert.Equal(3000, estimate.Counts[7]);
        Assert.Equal(0, estimate.StandardErrors[0]);
        Assert.Equal(0, estimate.StandardErrors[7]);
    }

    [Fact]
    public void Estimate_EqualChunks_ErrorIsTheTextbooks()
    {
        // N = 10 chunks of 100 bytes; of 4 sampled, 10, 20, 30 and 40 bytes are zero: s² = 500/3.
        var estimator = Estimator.For(Bytes, new Whole(1000, 1));
        for (var i = 0; i < 4; i++)
        {
            var counts = new long[256];
            (counts[0], counts[1]) = ((i + 1) * 10, 100 - ((i + 1) * 10));
            estimator.Add(new PlacedChunk(0, At(i, 100), new HistogramValue(counts), false));
        }

        var estimate = Assert.IsType<HistogramEstimate>(estimator.Estimate(Bytes.Empty));

        Assert.Equal(250, estimate.Counts[0], 9);
        Assert.Equal(Math.Sqrt(10 * 10 * (1 - 0.4) * (500.0 / 3) / 4), estimate.StandardErrors[0], 9);
    }

    [Fact]
    public void Estimate_MoreSampled_ErrorShrinks()
    {
        double ErrorAt(int sampled) => Enumerable.Range(0, 50)
            .Average(seed => ((HistogramEstimate)Population.Draw(Bytes, 100, seed, Histogram).Sample(0, sampled)).StandardErrors[0]);

        var errors = new[] { 10, 40, 80, 97, 99, 100 }.Select(ErrorAt).ToArray();

        Assert.Equal(errors.OrderDescending(), errors);
        Assert.True(errors[4] < errors[0] / 20);
        Assert.Equal(0, errors[5]);
    }

    [Fact]
    public void Estimate_ChunksExpandedTogether_CountAsOneUnit()
    {
        // 2 GiB in chunks of 64 KiB is expanded in blocks of 16 MiB at a time; all these chunks are of the first one.
        var estimator = Estimator.For(Bytes, new Whole(2L << 30, 1));
        for (var i = 0; i < 16; i++)
            estimator.Add(Chunk(i, (int)Grid.FinestSize, (byte)i));

        var estimate = Assert.IsType<HistogramEstimate>(estimator.Estimate(Bytes.Empty));

        Assert.Equal(16, estimate.SampledChunks);
        Assert.Equal(double.NaN, estimate.StandardErrors[0]);
    }

    [Fact]
    public void Estimate_NoElements_MeanIsUnknown()
    {
        var operation = new StatisticsOperation(ElementType.Parse("f8"));
        var estimator = Estimator.For(operation, new Whole(1000, 1));
        estimator.Add(new PlacedChunk(0, At(0, 100), new StatisticsValue(Moments.Empty(false) with { NanCount = 12 }), false));
        estimator.Add(new PlacedChunk(0, At(1, 100), new StatisticsValue(Moments.Empty(false) with { NanCount = 12 }), false));

        var estimate = Assert.IsType<StatisticsEstimate>(estimator.Estimate(operation.Empty));

        Assert.Equal(new EstimatedNumber(120, 0), estimate.Nan);
        Assert.Equal(0, estimate.Count.Value);
        Assert.Equal(double.NaN, estimate.Mean.Value);
        Assert.Equal(double.NaN, estimate.Variance.Value);
    }

    [Fact]
    public void Estimate_EmptyJob_IsExact()
    {
        var estimate = Estimator.For(new EntropyOperation(), new Whole(0, 1)).Estimate(new EntropyOperation().Empty);

        Assert.Equal(EstimatedNumber.Exactly(0), Assert.IsType<EntropyEstimate>(estimate).Entropy);
    }

    private static HistogramValue Histogram(Random random, ByteRange range)
    {
        var counts = new long[256];
        var limit = random.Next(1, 256);
        for (var i = 0; i < range.Length; i++)
            counts[random.Next(limit)]++;
        return new HistogramValue(counts);
    }

    private static PlacedChunk Chunk(int place, int length, byte value, bool known = false)
    {
        var counts = new long[256];
        counts[value] = length;
        return new PlacedChunk(0, At(place, length), new HistogramValue(counts), known);
    }

    private static ByteRange At(int place, int length) => new(place * Grid.FinestSize, (place * Grid.FinestSize) + length);
}
