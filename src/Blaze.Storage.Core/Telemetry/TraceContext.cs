using System.Diagnostics;
using System.Text.Json;

namespace Blaze.Storage.Core.Telemetry;

/// <summary>
/// How a trace goes on in another process: as a W3C <c>traceparent</c>, in the specification of a job or the recipe of a call. It is written only where the one
/// who submits is part of a trace that is recorded, so the center keeps no byte of it otherwise.
/// </summary>
public static class TraceContext
{
    /// <summary>The name of the field.</summary>
    internal const string Field = "trace";

    /// <summary>The trace this code runs in, as a <c>traceparent</c>; null where none is recorded.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Reads what <see cref="Current"/> wrote; no context where it is none.</summary>
    public static ActivityContext Read(string? text) => ActivityContext.TryParse(text, null, isRemote: true, out var context) ? context : default;

    /// <summary>The context that a recipe or a specification carries; none where it has none or is no JSON object.</summary>
    public static ActivityContext Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals(Field);
                reader.Read();
                if (isIt)
                    return reader.TokenType == JsonTokenType.String ? Read(reader.GetString()) : default;
                reader.Skip();
            }

            return default;
        }
        catch (JsonException)
        {
            // Whoever runs the task reports what is wrong with it.
            return default;
        }
    }
}
