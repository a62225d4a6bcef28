using System.Text.Json;

namespace Blaze.Storage.Client.Results;

/// <summary>Writes how a job's chunks came about; the fields are a contract.</summary>
public static class CountersJson
{
    /// <summary>Writes the field <c>blocks</c>.</summary>
    public static void WriteBlocks(Utf8JsonWriter json, BlockCounts blocks)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject("blocks");
        json.WriteNumber("total", blocks.Total);
        json.WriteNumber("cached", blocks.Cached);
        json.WriteNumber("computed", blocks.Computed);
        json.WriteEndObject();
    }
}
