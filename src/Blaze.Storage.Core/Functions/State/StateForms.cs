using System.Text.Json;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>The words of a state's JSON.</summary>
internal static class StateForms
{
    public static readonly JsonEncodedText Reference = JsonEncodedText.Encode("ref");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    public static readonly JsonEncodedText Calls = JsonEncodedText.Encode("calls");
    public static readonly JsonEncodedText Method = JsonEncodedText.Encode("method");
    public static readonly JsonEncodedText Target = JsonEncodedText.Encode("target");
    public static readonly JsonEncodedText Lengths = JsonEncodedText.Encode("lengths");
    public static readonly JsonEncodedText Bytes = JsonEncodedText.Encode("bytes");
    public static readonly JsonEncodedText Items = JsonEncodedText.Encode("items");
    public static readonly JsonEncodedText Keys = JsonEncodedText.Encode("keys");
    public static readonly JsonEncodedText Values = JsonEncodedText.Encode("values");
    public static readonly JsonEncodedText Comparer = JsonEncodedText.Encode("comparer");
    public static readonly JsonEncodedText Fields = JsonEncodedText.Encode("fields");

    public const string TypeType = "System.Type";
    public const string StringComparerType = "System.StringComparer";

    /// <summary>Whether arrays of this type travel as their little-endian bytes.</summary>
    public static bool IsBytes(Type element) => element.IsPrimitive && element != typeof(nint) && element != typeof(nuint);

    /// <summary>The name of a comparer of strings that every process has.</summary>
    public static string? ComparerName(object value) =>
        ReferenceEquals(value, StringComparer.Ordinal) ? nameof(StringComparer.Ordinal)
        : ReferenceEquals(value, StringComparer.OrdinalIgnoreCase) ? nameof(StringComparer.OrdinalIgnoreCase)
        : null;

    /// <summary>The comparer of that name.</summary>
    public static StringComparer ComparerOf(string? name) =>
        name == nameof(StringComparer.OrdinalIgnoreCase) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
