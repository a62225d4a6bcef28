using System.Text.Json.Serialization;

namespace Blaze.Storage.Cli.Bench;

/// <summary>How fast many small calls are; the fields are a contract. What was not measured is missing.</summary>
/// <param name="TasksPerSecond">Calls that do nothing, from the first submission to the last value, in a second; to let go of the values comes after it.</param>
/// <param name="Roundtrip">A single call on an idle cluster, from submission to value.</param>
/// <param name="Chain1000Seconds">A thousand calls, each of the one before.</param>
/// <param name="Tree2047Seconds">1,024 calls and the sums of pairs up to one.</param>
/// <param name="Tree16x1mSeconds">16 arrays of a million numbers, and the sums of pairs up to one, which is fetched.</param>
/// <param name="PeerGbPerSecond">A value of 200 MB from one worker to the other, GB a second.</param>
/// <param name="ScatterGbPerSecond">100 MB from the client to both workers, GB a second.</param>
/// <param name="GatherGbPerSecond">100 MB from both workers to the client, GB a second.</param>
/// <param name="CenterBytesPerTask">What the center's memory grows by for each call that waits.</param>
internal sealed record TasksReport(
    [property: JsonPropertyName("tasks_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TasksPerSecond,
    [property: JsonPropertyName("roundtrip_ms"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoundtripReport? Roundtrip,
    [property: JsonPropertyName("chain_1000_seconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Chain1000Seconds,
    [property: JsonPropertyName("tree_2047_seconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Tree2047Seconds,
    [property: JsonPropertyName("tree_16x1m_seconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Tree16x1mSeconds,
    [property: JsonPropertyName("peer_gb_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PeerGbPerSecond,
    [property: JsonPropertyName("scatter_gb_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ScatterGbPerSecond,
    [property: JsonPropertyName("gather_gb_per_second"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? GatherGbPerSecond,
    [property: JsonPropertyName("center_bytes_per_task"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CenterBytesPerTask)
{
    /// <summary>A million calls that wait before any of them runs.</summary>
    [JsonPropertyName("million"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MillionReport? Million { get; init; }
}

/// <summary>A million calls.</summary>
/// <param name="SubmitSeconds">From the first submission until all wait in the center.</param>
/// <param name="RunSeconds">From the start of two workers to the last value.</param>
/// <param name="SlowScripts">How many commands and scripts took the center longer than 5 ms meanwhile.</param>
internal sealed record MillionReport(
    [property: JsonPropertyName("submit_seconds")] double SubmitSeconds,
    [property: JsonPropertyName("run_seconds")] double RunSeconds,
    [property: JsonPropertyName("slow_scripts")] int SlowScripts);

/// <summary>How long a call takes, in milliseconds.</summary>
/// <param name="P50">Half of them take no longer.</param>
/// <param name="P99">99 of 100 take no longer.</param>
internal sealed record RoundtripReport([property: JsonPropertyName("p50")] double P50, [property: JsonPropertyName("p99")] double P99);

/// <summary>Writes the report without reflection.</summary>
[JsonSerializable(typeof(TasksReport))]
internal sealed partial class TasksReportJson : JsonSerializerContext;
