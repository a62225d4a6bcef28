using System.Text.Json.Serialization;

namespace Blaze.Storage.Core.Functions;

/// <summary>What a shipped method is called on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetKind>))]
public enum TargetKind
{
    /// <summary>Nothing: the method is static, or takes its object as the first argument.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>An object without fields, made where the method is called.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,

    /// <summary>The object in the function's state; for a static method it is the first argument.</summary>
    [JsonStringEnumMemberName("state")]
    State,
}
