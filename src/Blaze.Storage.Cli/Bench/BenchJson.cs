using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Blaze.Storage.Cli.Bench;

/// <summary>Writes a report as one line of JSON.</summary>
internal static class BenchJson
{
    public static void Write<T>(Stream output, T report, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(output, report, type);
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
