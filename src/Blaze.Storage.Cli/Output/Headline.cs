using System.Globalization;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Cli.Output;

/// <summary>The one number a question is mostly about, as far as it is known.</summary>
internal static class Headline
{
    /// <summary>The number with its name and error, or null while nothing is known.</summary>
    public static string? Of(JobSnapshot snapshot, bool unicode) => snapshot switch
    {
        { Exact: true, Value: HistogramValue value } => Entropy(Units.Number(value.Entropy), snapshot),
        { Exact: true, Value: EntropyValue value } => Entropy(Units.Number(value.Entropy), snapshot),
        { Exact: true, Value: DifferenceValue value } => $"{value.Differing.ToString(CultureInfo.InvariantCulture)} bytes differ",
        { Exact: true, Value: StatisticsValue value } => $"mean {Units.Number(value.Mean)}",
        { Estimate: HistogramEstimate estimate } => Entropy(Numbers.Text(estimate.Entropy, estimate, unicode), snapshot),
        { Estimate: EntropyEstimate estimate } => Entropy(Numbers.Text(estimate.Entropy, estimate, unicode), snapshot),
        { Estimate: DifferenceEstimate estimate } => $"{Numbers.Text(estimate.Differing, estimate, unicode)} bytes differ",
        { Estimate: StatisticsEstimate estimate } => $"mean {Numbers.Text(estimate.Mean, estimate, unicode)}",
        _ => null,
    };

    private static string Entropy(string bits, JobSnapshot snapshot) => $"entropy {bits} bits/{UnitOf(snapshot)}";

    private static string UnitOf(JobSnapshot snapshot) => snapshot.Operation is HistogramOperation { N: 2 } ? "pair" : "byte";
}
