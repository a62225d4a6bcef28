using System.Text.Json;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Output;

/// <summary>Writes how a job's chunks came about; the fields are a contract.</summary>
internal static class BlocksJson
{
    public static void Write(Utf8JsonWriter json, BlockCounts blocks)
    {
        json.WriteStartObject("blocks");
        json.WriteNumber("total", blocks.Total);
        json.WriteNumber("cached", blocks.Cached);
        json.WriteNumber("computed", blocks.Computed);
        json.WriteEndObject();
    }
}
