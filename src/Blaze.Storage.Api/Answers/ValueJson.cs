using System.Buffers;
using System.Text.Json;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Api.Answers;

/// <summary>Values as parts of other JSON.</summary>
internal static class ValueJson
{
    private const int MostNumbers = 4096;

    /// <summary>An object of fields.</summary>
    public static JsonElement Of(Action<Utf8JsonWriter> writeFields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeFields(json);
            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Whether an answer is small enough to be told along with other things.</summary>
    public static bool IsSmall(JobSnapshot snapshot) => snapshot.Value switch
    {
        HistogramValue histogram => histogram.Counts.Length <= MostNumbers,
        EntropyValue entropy => entropy.Profile.Length <= MostNumbers,
        null => false,
        _ => true,
    };
}
