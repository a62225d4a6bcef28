using System.Text.Json.Serialization;

namespace Blaze.Storage.Client.Results;

/// <summary>The JSON of counts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BlockCounts))]
[JsonSerializable(typeof(ByteCounts))]
internal sealed partial class CountsJson : JsonSerializerContext;
