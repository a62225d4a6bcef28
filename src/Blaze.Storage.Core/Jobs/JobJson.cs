using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blaze.Storage.Core.Jobs;

/// <summary>The JSON form of a job's records, part of the center's protocol: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(JobDetail))]
[JsonSerializable(typeof(JobError))]
public sealed partial class JobJson : JsonSerializerContext;
