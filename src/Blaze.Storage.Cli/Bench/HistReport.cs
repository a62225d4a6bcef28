using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>How fast a whole job is; the fields are a contract.</summary>
/// <param name="GbPerSecond">Bytes of the file in 10^9 per second, from submission to answer; the median.</param>
/// <param name="CGbPerSecond">The same of the C loop.</param>
/// <param name="Ratio">How many times as fast as the C loop.</param>
/// <param name="RepeatMs">The same job again in the same cluster, in milliseconds; the median.</param>
/// <param name="Note">Why there is no C loop to compare with, where there is none.</param>
internal sealed record HistReport(
    [property: JsonPropertyName("gb_per_second")] double GbPerSecond,
    [property: JsonPropertyName("c_gb_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CGbPerSecond,
    [property: JsonPropertyName("ratio"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Ratio,
    [property: JsonPropertyName("repeat_ms")] double RepeatMs,
    [property: JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note)
{
    public static HistReport Of(double speed, double? cSpeed, double repeatMs, string? note) => new(
        Math.Round(speed, 3),
        cSpeed is { } c ? Math.Round(c, 3) : null,
        cSpeed is { } d ? Math.Round(speed / d, 3) : null,
        Math.Round(repeatMs, 2),
        note);
}

/// <summary>Writes the report without reflection.</summary>
[JsonSerializable(typeof(HistReport))]
internal sealed partial class HistReportJson : JsonSerializerContext;
