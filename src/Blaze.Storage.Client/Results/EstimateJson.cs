using System.Text.Json;

namespace Blaze.Storage.Client.Results;

/// <summary>
/// What is known of a job that runs, as JSON fields: numbers scaled to the whole with their standard errors. As in <see cref="ResultJson"/> NaN is null.
/// </summary>
public static class EstimateJson
{
    private const int MostNumbers = 4096;

    /// <summary>Writes the fields of an estimate into an object that is open. Lists of more than 4,096 numbers are left out.</summary>
    public static void Write(Utf8JsonWriter json, Estimate estimate)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(estimate);
        json.WriteNumber("sampledChunks", estimate.SampledChunks);
        switch (estimate)
        {
            case HistogramEstimate histogram:
                WriteList(json, "counts", histogram.Counts);
                WriteList(json, "standardErrors", histogram.StandardErrors);
                Write(json, "entropy", histogram.Entropy);
                break;
            case EntropyEstimate entropy:
                Write(json, "entropy", entropy.Entropy);
                break;
            case DifferenceEstimate difference:
                Write(json, "differing", difference.Differing);
                break;
            case StatisticsEstimate statistics:
                Write(json, "count", statistics.Count);
                Write(json, "nan", statistics.Nan);
                Write(json, "sum", statistics.Sum);
                Write(json, "mean", statistics.Mean);
                Write(json, "variance", statistics.Variance);
                break;
            default:
                throw new ArgumentException($"There is no form for {estimate.GetType().Name}.", nameof(estimate));
        }
    }

    private static void Write(Utf8JsonWriter json, string name, EstimatedNumber number)
    {
        json.WriteStartObject(name);
        ResultJson.WriteDouble(json, "value", number.Value);
        ResultJson.WriteDouble(json, "standardError", number.StandardError);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<double> numbers)
    {
        if (numbers.Count > MostNumbers)
            return;
        json.WriteStartArray(name);
        foreach (var number in numbers)
            ResultJson.WriteDoubleValue(json, number);
        json.WriteEndArray();
    }
}
