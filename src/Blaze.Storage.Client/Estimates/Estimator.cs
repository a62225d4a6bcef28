using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Estimates;

/// <summary>Gathers the finished chunks of a job and says what they tell about the whole; see <see cref="Client.Estimate"/>.</summary>
/// <param name="whole">The size of the whole job.</param>
/// <param name="groups">Into how many groups the sample is dealt.</param>
internal abstract class Estimator(Whole whole, int groups)
{
    private const int ManyGroups = 64;

    // A group of pairs of bytes holds 512 KiB.
    private const int FewGroups = 24;

    private readonly SamplingUnit _units = new(whole.Bytes, whole.Sources);
    private long _knownBytes;
    private long _chunks;

    /// <summary>The sample, by groups.</summary>
    protected RandomGroups Groups { get; } = new(groups);

    /// <summary>The bytes not known beforehand, of which the sample is drawn.</summary>
    protected double Population => whole.Bytes - _knownBytes;

    /// <summary>What a total of the sample is multiplied with.</summary>
    protected double Scale => Groups.Bytes == 0 ? 0 : Population / Groups.Bytes;

    /// <summary>The errors of totals scaled so.</summary>
    protected RatioError Errors => new(Population, Groups);

    /// <summary>The estimator of an operation.</summary>
    public static Estimator For(Operation operation, Whole whole) => operation switch
    {
        HistogramOperation { N: 1 } => new HistogramEstimator(256, whole, ManyGroups),
        HistogramOperation => new HistogramEstimator(65536, whole, FewGroups),
        EntropyOperation => new EntropyEstimator(whole, ManyGroups),
        DifferenceOperation => new DifferenceEstimator(whole, ManyGroups),
        StatisticsOperation => new StatisticsEstimator(whole, ManyGroups),
        _ => throw new ArgumentException($"There is no estimate of {operation.Name}.", nameof(operation)),
    };

    /// <summary>Takes a chunk whose bytes were not taken before.</summary>
    public void Add(PlacedChunk chunk)
    {
        if (chunk.Known)
        {
            _knownBytes += chunk.Range.Length;
            AddKnown(chunk.Value);
            return;
        }

        _chunks++;
        AddSampled(Groups.Add(_units.Of(chunk.Source, chunk.Range), chunk.Range.Length), chunk.Value);
    }

    /// <summary>The estimate from the chunks so far.</summary>
    /// <param name="value">Their merged value, which is the answer itself when they are all.</param>
    public Estimate Estimate(ChunkValue value)
    {
        var covered = _knownBytes + Groups.Bytes;
        return covered >= whole.Bytes ? Exact(value, _chunks) : Estimate(covered / whole.Bytes, _chunks);
    }

    /// <summary>The estimate that a final value is.</summary>
    /// <param name="value">The value of the whole.</param>
    /// <param name="sampledChunks">How many chunks were computed for it, as far as that is known.</param>
    public static Estimate Exact(ChunkValue value, long sampledChunks) => value switch
    {
        HistogramValue histogram => new HistogramEstimate(
            1,
            sampledChunks,
            Array.ConvertAll(histogram.Counts, count => (double)count),
            new double[histogram.Counts.Length],
            EstimatedNumber.Exactly(histogram.Entropy)),
        EntropyValue entropy => new EntropyEstimate(1, sampledChunks, EstimatedNumber.Exactly(entropy.Entropy)),
        DifferenceValue difference => new DifferenceEstimate(1, sampledChunks, EstimatedNumber.Exactly(difference.Differing)),
        StatisticsValue statistics => new StatisticsEstimate(
            1,
            sampledChunks,
            EstimatedNumber.Exactly(statistics.Count),
            EstimatedNumber.Exactly(statistics.NanCount),
            EstimatedNumber.Exactly(statistics.Sum.Real),
            EstimatedNumber.Exactly(statistics.Mean),
            EstimatedNumber.Exactly(statistics.Variance)),
        _ => throw new ArgumentException($"There is no estimate of a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Takes a value into the known stratum.</summary>
    protected abstract void AddKnown(ChunkValue value);

    /// <summary>Takes a value into a group of the sample.</summary>
    protected abstract void AddSampled(int group, ChunkValue value);

    /// <summary>The estimate while bytes are missing.</summary>
    protected abstract Estimate Estimate(double coverage, long chunks);
}
