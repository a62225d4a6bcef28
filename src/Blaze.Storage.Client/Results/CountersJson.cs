using System.Text.Json;

namespace Blaze.Storage.Client.Results;

/// <summary>
/// Writes how a job's answer came about, the same wherever it is told: <c>blocks</c> with <c>total, cached, computed</c> and <c>bytes</c> with
/// <c>total, read, cached, computed, local, remote</c>, as <see cref="BlockCounts"/> and <see cref="ByteCounts"/> have it. The fields and their order are a contract.
/// </summary>
public static class CountersJson
{
    /// <summary>Writes both fields into an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, BlockCounts blocks, ByteCounts bytes)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WritePropertyName("blocks");
        JsonSerializer.Serialize(json, blocks, CountsJson.Default.BlockCounts);
        json.WritePropertyName("bytes");
        JsonSerializer.Serialize(json, bytes, CountsJson.Default.ByteCounts);
    }
}
