using System.Text.Json;
using System.Text.Json.Serialization;
using Blaze.Storage.Api.Cluster;
using Blaze.Storage.Api.Graphs;
using Blaze.Storage.Api.Jobs;
using Blaze.Storage.Api.Problems;

namespace Blaze.Storage.Api;

/// <summary>The JSON of requests and responses: camel case, nulls left out; of what comes in, unknown and repeated fields are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(JobListBody))]
[JsonSerializable(typeof(GraphRequest))]
[JsonSerializable(typeof(GraphBody))]
[JsonSerializable(typeof(GraphResultBody))]
[JsonSerializable(typeof(ClusterBody))]
[JsonSerializable(typeof(WorkerListBody))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiJson : JsonSerializerContext;
