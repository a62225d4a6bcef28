using System.Text.Json.Serialization;
using Blaze.Storage.Center;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>What a running cluster leaves for the user's other commands to find it.</summary>
/// <param name="Center">The center's address with its password.</param>
/// <param name="Process">The process of <c>blaze up</c>.</param>
/// <param name="Workers">How many worker processes it keeps running.</param>
/// <param name="Started">When it was ready.</param>
internal sealed record ClusterRecord(string Center, ProcessIdentity Process, int Workers, DateTimeOffset Started)
{
    [JsonIgnore]
    public CenterAddress Address => CenterAddress.Parse(Center);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClusterRecord))]
internal sealed partial class ClusterRecordJson : JsonSerializerContext;
