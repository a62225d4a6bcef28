using System.Text.Json;
using Blaze.Storage.Client.Sharing;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Api.Graphs;

/// <summary>The values of a graph.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Values">Those of the calls that no other one depends on, in the order of their names.</param>
internal sealed record GraphResultBody(string Id, IReadOnlyList<GraphValueBody> Values)
{
    public static GraphResultBody Of(GraphInfo graph, IReadOnlyList<GraphValue> values) => new(graph.Id, [.. values.Select(value => new GraphValueBody(
        value.Name,
        $"/v1/keys/{value.Key}",
        value.Value is { Format: ValueFormat.Json } json ? JsonSerializer.Deserialize(json.Contiguous().Span, ApiJson.Default.JsonElement) : null))]);
}

/// <summary>The value of a call.</summary>
/// <param name="Key">The call's name in the graph.</param>
/// <param name="At">Where the value is, whatever its form and length.</param>
/// <param name="Value">The value; absent where it is no JSON, or longer than 64 KiB, or behind the first 256.</param>
internal sealed record GraphValueBody(string Key, string At, JsonElement? Value = null);
