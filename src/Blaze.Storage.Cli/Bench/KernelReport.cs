using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>How fast the kernels are; the fields are a contract.</summary>
/// <param name="Kernels">One measurement per kernel and kind of data.</param>
/// <param name="Note">Why there is no C loop to compare with, where there is none.</param>
internal sealed record KernelReport(
    [property: JsonPropertyName("kernels")] IReadOnlyList<KernelSpeed> Kernels,
    [property: JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);

/// <summary>One kernel on one kind of data.</summary>
/// <param name="Name">hist-n1, hist-n2, ent, diff or stat-f8.</param>
/// <param name="Data">random or zeroes.</param>
/// <param name="GbPerSecond">Bytes read, of both inputs for diff, in 10^9 per second; the median.</param>
/// <param name="CGbPerSecond">The same of the C loop.</param>
/// <param name="Ratio">How many times as fast as the C loop.</param>
internal sealed record KernelSpeed(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("data")] string Data,
    [property: JsonPropertyName("gb_per_second")] double GbPerSecond,
    [property: JsonPropertyName("c_gb_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CGbPerSecond,
    [property: JsonPropertyName("ratio"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Ratio);

/// <summary>Writes the report without reflection.</summary>
[JsonSerializable(typeof(KernelReport))]
internal sealed partial class KernelReportJson : JsonSerializerContext;
