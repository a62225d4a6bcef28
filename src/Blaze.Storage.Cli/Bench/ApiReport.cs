using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>How fast REST answers; the fields are a contract.</summary>
/// <param name="JobsPerSecond">Small jobs whose answers are known, submitted and answered in a second, by 200 clients.</param>
/// <param name="P50">Half of them take no longer, in milliseconds.</param>
/// <param name="P99">99 of 100 take no longer, in milliseconds.</param>
/// <param name="Streams">How many event streams were open at once.</param>
/// <param name="KbPerStream">By how many KB the server's memory grew for each of them.</param>
/// <param name="ServerMb">The server's memory after the jobs, in MB.</param>
internal sealed record ApiReport(
    [property: JsonPropertyName("jobs_per_second")] double JobsPerSecond,
    [property: JsonPropertyName("p50_ms")] double P50,
    [property: JsonPropertyName("p99_ms")] double P99,
    [property: JsonPropertyName("streams")] int Streams,
    [property: JsonPropertyName("kb_per_stream")] double KbPerStream,
    [property: JsonPropertyName("server_mb")] double ServerMb);

/// <summary>Writes the report without reflection.</summary>
[JsonSerializable(typeof(ApiReport))]
internal sealed partial class ApiReportJson : JsonSerializerContext;
