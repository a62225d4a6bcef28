using System.Text.Json;
using Blaze.Storage.Center.Workers;

namespace Blaze.Storage.Client.Following;

/// <summary>Reads what workers tell about themselves: JSON with <c>host</c>, <c>processId</c>, <c>slots</c> and <c>tasks</c>.</summary>
internal static class WorkerRecords
{
    // A worker may be of another version or another make, so what it leaves out is left empty.
    public static WorkerInfo Read(WorkerRecord record)
    {
        try
        {
            using var info = JsonDocument.Parse(record.Info);
            var root = info.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? new WorkerInfo(record.Name, Text(root, "host"), Number(root, "processId"), Number(root, "slots"), Number(root, "tasks"), record.LastSeen)
                : Unknown(record);
        }
        catch (JsonException)
        {
            return Unknown(record);
        }
    }

    private static WorkerInfo Unknown(WorkerRecord record) => new(record.Name, "", 0, 0, 0, record.LastSeen);

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
