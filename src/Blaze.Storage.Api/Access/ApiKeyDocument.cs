using System.Text.Json;
using System.Text.Json.Serialization;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Api.Access;

/// <summary>A file of keys as it is written.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record ApiKeyDocument(IReadOnlyList<ApiKeyEntry> Keys)
{
    private const int MostKeys = 1_000;

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="bytes">What is in it.</param>
    /// <exception cref="ApiException">It is none; the message says where.</exception>
    public static ApiKeyDocument Parse(string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var document = JsonSerializer.Deserialize(bytes, ApiKeyJson.Default.ApiKeyDocument) ?? throw new JsonException();
            // The library checks what is null, but for the items of lists.
            if (document.Keys.Any(key => key is null || key.Scopes.Contains(null!) || key.Sources?.Contains(null!) == true))
                throw new ApiException($"The key file '{name}' cannot be used: there is a null in one of its lists; make keys with `blaze key new`.");
            return document.Keys.Count <= MostKeys ? document : throw new ApiException($"The key file '{name}' has {document.Keys.Count} keys; {MostKeys} are the most.");
        }
        catch (JsonException problem)
        {
            throw new ApiException($"The key file '{name}' cannot be used: line {problem.LineNumber + 1} is not what belongs there{At(problem)}; make keys with `blaze key new`.", problem);
        }
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ApiKeyJson.Default.ApiKeyDocument), (byte)'\n'];

    private static string At(JsonException problem) => string.IsNullOrEmpty(problem.Path) || problem.Path == "$" ? "" : $" ({problem.Path.TrimStart('$', '.')})";
}

/// <summary>A key as it is written.</summary>
/// <param name="Name">Who has it.</param>
/// <param name="Sha256">The hash of its text, 64 hexadecimal digits.</param>
/// <param name="Scopes">submit, read, admin.</param>
/// <param name="Sources">URI prefixes; absent for anywhere.</param>
internal sealed record ApiKeyEntry(string Name, string Sha256, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Sources = null)
{
    private const int HashDigits = 64;
    private const int LongestName = 64;

    public static ApiKeyEntry Of(ApiKey key) => new(key.Name, Convert.ToHexStringLower(key.Hash), key.Scopes.ToNames(), key.Sources?.Select(prefix => prefix.ToString()).ToList());

    /// <summary>The key.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ApiException">It is none.</exception>
    public ApiKey ToKey(string file)
    {
        CheckName(Name);
        if (Sha256.Length != HashDigits || !Sha256.All(char.IsAsciiHexDigit))
            throw new ApiException($"The key of '{Name}' in '{file}' has no SHA-256 of 64 hexadecimal digits; make keys with `blaze key new`.");
        return new ApiKey(Name, Convert.FromHexString(Sha256), ScopeNames.Parse(Scopes), Sources?.Select(PrefixOf).ToList());
    }

    /// <summary>Refuses a name that would be hard to read in a log.</summary>
    public static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new ApiException($"The name of a key has 1 to {LongestName} letters, digits, '.', '-' or '_'.");
    }

    /// <summary>Reads a prefix.</summary>
    public static UriPrefix PrefixOf(string text)
    {
        try
        {
            return UriPrefix.Parse(text);
        }
        catch (BlazeException problem)
        {
            throw new ApiException($"The sources of a key begin with URIs such as s3://bucket/logs: {problem.Message}", problem);
        }
    }
}

/// <summary>The JSON of key files. An unknown field is refused: a misspelled limit must not pass for none.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ApiKeyDocument))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
