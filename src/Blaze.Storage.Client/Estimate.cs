namespace Blaze.Storage.Client;

/// <summary>
/// What the finished chunks say about the whole: values scaled to all bytes of the job, with standard errors.
/// </summary>
/// <remarks>
/// Chunks known before the job are an exactly known stratum. The rest are a random sample of the remaining bytes: totals are
/// scaled by the ratio estimator (amount per byte), their standard errors come from the residuals between chunks by the jackknife with
/// the finite-population correction (Royall and Cumberland, JASA 76, 1981). The
/// sample is drawn in strata along the file, which can only make it better than these errors say. An error is a
/// standard deviation, from few chunks a rough one: read it as an interval of ± 2 only from about ten chunks on.
/// </remarks>
/// <param name="Coverage">The share of the job's bytes behind the estimate, 0 … 1; at 1 all errors are 0.</param>
/// <param name="SampledChunks">The chunks in the sample; those of the known stratum are not counted.</param>
public abstract record Estimate(double Coverage, long SampledChunks);

/// <summary>The estimate of HIST.</summary>
/// <param name="Coverage">See <see cref="Estimate"/>.</param>
/// <param name="SampledChunks">See <see cref="Estimate"/>.</param>
/// <param name="Counts">The count of each of the 256 or 65,536 bins in the whole.</param>
/// <param name="StandardErrors">The standard error of each count.</param>
/// <param name="Entropy">
/// The Shannon entropy of the whole in bits per n-gram. The entropy of a sample is lower than that of the whole; the
/// difference is corrected after Miller and Madow (1955), only by as much as is not yet sampled. The error is that of the delta method, widened
/// while many bins were seen but once.
/// </param>
public sealed record HistogramEstimate(
    double Coverage,
    long SampledChunks,
    IReadOnlyList<double> Counts,
    IReadOnlyList<double> StandardErrors,
    EstimatedNumber Entropy) : Estimate(Coverage, SampledChunks);

/// <summary>The estimate of ENT.</summary>
/// <param name="Coverage">See <see cref="Estimate"/>.</param>
/// <param name="SampledChunks">See <see cref="Estimate"/>.</param>
/// <param name="Entropy">The Shannon entropy of the whole in bits per byte, corrected as in <see cref="HistogramEstimate"/>.</param>
public sealed record EntropyEstimate(double Coverage, long SampledChunks, EstimatedNumber Entropy) : Estimate(Coverage, SampledChunks);

/// <summary>The estimate of DIFF.</summary>
/// <param name="Coverage">See <see cref="Estimate"/>.</param>
/// <param name="SampledChunks">See <see cref="Estimate"/>.</param>
/// <param name="Differing">The number of differing bytes in the whole.</param>
public sealed record DifferenceEstimate(double Coverage, long SampledChunks, EstimatedNumber Differing) : Estimate(Coverage, SampledChunks);

/// <summary>
/// The estimate of STAT. Minimum and maximum cannot be estimated from a sample: those of the value so far are bounds that the whole may
/// exceed.
/// </summary>
/// <param name="Coverage">See <see cref="Estimate"/>.</param>
/// <param name="SampledChunks">See <see cref="Estimate"/>.</param>
/// <param name="Count">The number of elements that are not NaN.</param>
/// <param name="Nan">The number of elements that are NaN.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Mean">Their mean; NaN without elements.</param>
/// <param name="Variance">Their population variance; NaN without elements.</param>
public sealed record StatisticsEstimate(
    double Coverage,
    long SampledChunks,
    EstimatedNumber Count,
    EstimatedNumber Nan,
    EstimatedNumber Sum,
    EstimatedNumber Mean,
    EstimatedNumber Variance) : Estimate(Coverage, SampledChunks);
