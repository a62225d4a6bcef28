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
    public static string? Of(JobSnapshot snapshot, bool unicode) => NumberOf(snapshot) switch
    {
        ("entropy", { } number) => $"entropy {Numbers.Text(number, unicode)} bits/{UnitOf(snapshot)}",
        ("differing", { } number) => $"{Numbers.Text(number, unicode)} bytes differ",
        ({ } name, { } number) => $"{name} {Numbers.Text(number, unicode)}",
        _ => null,
    };

    private static (string? Name, EstimatedNumber? Number) NumberOf(JobSnapshot snapshot) => snapshot switch
    {
        { Exact: true, Value: HistogramValue value } => ("entropy", EstimatedNumber.Exactly(value.Entropy)),
        { Exact: true, Value: EntropyValue value } => ("entropy", EstimatedNumber.Exactly(value.Entropy)),
        { Exact: true, Value: DifferenceValue value } => ("differing", EstimatedNumber.Exactly(value.Differing)),
        { Exact: true, Value: StatisticsValue value } => ("mean", EstimatedNumber.Exactly(value.Mean)),
        { Estimate: HistogramEstimate estimate } => ("entropy", estimate.Entropy),
        { Estimate: EntropyEstimate estimate } => ("entropy", estimate.Entropy),
        { Estimate: DifferenceEstimate estimate } => ("differing", estimate.Differing),
        { Estimate: StatisticsEstimate estimate } => ("mean", estimate.Mean),
        _ => (null, null),
    };

    private static string UnitOf(JobSnapshot snapshot) => snapshot.Operation is HistogramOperation { N: 2 } ? "pair" : "byte";
}
