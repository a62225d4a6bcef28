using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>How fast a job over a remote resource is; the fields are a contract.</summary>
/// <param name="GbPerSecond">Bytes of the resource in 10^9 per second, from submission to answer; the median.</param>
/// <param name="SdkGbPerSecond">The same of the store's own SDK, which only reads.</param>
/// <param name="Ratio">How many times as fast as the SDK.</param>
/// <param name="PeakWorkerBytes">The most memory the worker process ever had.</param>
internal sealed record StoreReport(
    [property: JsonPropertyName("gb_per_second")] double GbPerSecond,
    [property: JsonPropertyName("sdk_gb_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? SdkGbPerSecond,
    [property: JsonPropertyName("ratio"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Ratio,
    [property: JsonPropertyName("peak_worker_bytes")] long PeakWorkerBytes)
{
    public static StoreReport Of(double speed, double? sdkSpeed, long peakWorkerBytes) => new(
        Math.Round(speed, 3),
        sdkSpeed is { } sdk ? Math.Round(sdk, 3) : null,
        sdkSpeed is { } other ? Math.Round(speed / other, 3) : null,
        peakWorkerBytes);
}

/// <summary>Writes the report without reflection.</summary>
[JsonSerializable(typeof(StoreReport))]
internal sealed partial class StoreReportJson : JsonSerializerContext;
