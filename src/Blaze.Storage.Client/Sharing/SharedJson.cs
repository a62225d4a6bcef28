using System.Text.Json.Serialization;

namespace Blaze.Storage.Client.Sharing;

/// <summary>What the shared table keeps in the center.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(GraphRecord))]
internal sealed partial class SharedJson : JsonSerializerContext;
