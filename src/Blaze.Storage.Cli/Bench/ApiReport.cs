using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>How fast REST answers; the fields are a contract.</summary>
/// <param name="OfferedPerSecond">How many small jobs whose answers are known 200 clients submitted in a second, each on a steady schedule.</param>
/// <param name="P50">Half of these were answered so many milliseconds after they were due.</param>
/// <param name="P99">99 of 100 were.</param>
/// <param name="JobsPerSecond">How many of them were answered in a second where each client sent the next one as soon as it had an answer.</param>
/// <param name="SaturatedP50">Half of those took no longer, in milliseconds.</param>
/// <param name="SaturatedP99">99 of 100 took no longer, in milliseconds.</param>
/// <param name="Memory">The memory of server and center on the way.</param>
/// <param name="ServerMb">The server's memory after the jobs, in MB.</param>
/// <param name="Streams">How many event streams were open at once.</param>
/// <param name="KbPerStream">By how many KB the server's memory grew for each of them.</param>
internal sealed record ApiReport(
    [property: JsonPropertyName("offered_per_second")] int OfferedPerSecond,
    [property: JsonPropertyName("p50_ms")] double P50,
    [property: JsonPropertyName("p99_ms")] double P99,
    [property: JsonPropertyName("jobs_per_second")] double JobsPerSecond,
    [property: JsonPropertyName("saturated_p50_ms")] double SaturatedP50,
    [property: JsonPropertyName("saturated_p99_ms")] double SaturatedP99,
    [property: JsonPropertyName("memory")] IReadOnlyList<ApiMemory> Memory,
    [property: JsonPropertyName("server_mb")] double ServerMb,
    [property: JsonPropertyName("streams")] int Streams,
    [property: JsonPropertyName("kb_per_stream")] double KbPerStream);

/// <summary>Memory at one moment.</summary>
/// <param name="Jobs">After so many jobs.</param>
/// <param name="ServerMb">What is resident of the server, in MB.</param>
/// <param name="CenterMb">What the center's data takes, in MB.</param>
internal sealed record ApiMemory(
    [property: JsonPropertyName("jobs")] int Jobs,
    [property: JsonPropertyName("server_mb")] double ServerMb,
    [property: JsonPropertyName("center_mb")] double CenterMb);

/// <summary>Writes the report without reflection.</summary>
[JsonSerializable(typeof(ApiReport))]
internal sealed partial class ApiReportJson : JsonSerializerContext;
