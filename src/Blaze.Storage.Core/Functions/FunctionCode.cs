using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blaze.Storage.Core.Functions;

/// <summary>
/// The part of a shipped function that is the same for all its calls: the assemblies and the method. It is stored once, under its
/// <see cref="Id"/>. The JSON form is <c>{"v":1,"assemblies":[{"name","hash"}],"method":{"type","name","token","generics"},"target","parameters"}</c>;
/// the assemblies are sorted by name.
/// </summary>
public sealed class FunctionCode
{
    private const int IdBytes = 16;

    private FunctionCode(FunctionCodeRecord record, ReadOnlyMemory<byte> bytes)
    {
        Assemblies = record.Assemblies;
        Method = record.Method;
        Target = record.Target;
        Parameters = record.Parameters;
        Bytes = bytes;
        Digest = SHA256.HashData(bytes.Span);
        Id = Convert.ToHexStringLower(Digest.Span[..IdBytes]);
    }

    /// <summary>The first half of SHA-256 over <see cref="Bytes"/>, 32 lower-case hexadecimal digits; the name it is stored under.</summary>
    public string Id { get; }

    /// <summary>The JSON form, UTF-8; what is stored and signed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The assemblies that travel, sorted by name.</summary>
    public IReadOnlyList<AssemblyReference> Assemblies { get; }

    /// <summary>The method.</summary>
    public MethodReference Method { get; }

    /// <summary>What it is called on.</summary>
    public TargetKind Target { get; }

    /// <summary>The types of the arguments where the caller means others than the method declares; null where they are the method's.</summary>
    public IReadOnlyList<string>? Parameters { get; }

    internal ReadOnlyMemory<byte> Digest { get; }

    /// <summary>Describes a function.</summary>
    public static FunctionCode Create(IEnumerable<AssemblyReference> assemblies, MethodReference method, TargetKind target, IReadOnlyList<string>? parameters = null)
    {
        var record = new FunctionCodeRecord(1, [.. assemblies.OrderBy(each => each.Name, StringComparer.Ordinal)], method, target, parameters);
        return new FunctionCode(record, JsonSerializer.SerializeToUtf8Bytes(record, FunctionJson.Readable.FunctionCodeRecord));
    }

    /// <summary>Reads what is stored under an id. Nothing in it is to be trusted before its signature was verified.</summary>
    /// <exception cref="FunctionException">The bytes are not what the id says, or no code this version knows.</exception>
    public static FunctionCode Parse(string id, ReadOnlyMemory<byte> bytes)
    {
        if (IdOf(bytes.Span) != id)
            throw new FunctionException(FunctionErrorKind.DamagedCode, $"The code stored as '{id}' is not what its name says; submit the function again.");
        try
        {
            var record = JsonSerializer.Deserialize(bytes.Span, FunctionJson.Default.FunctionCodeRecord);
            if (record is { V: 1, Assemblies: not null, Method.Type: not null })
                return new FunctionCode(record, bytes);
        }
        catch (JsonException problem)
        {
            throw Unknown(id, problem);
        }
        throw Unknown(id, null);
    }

    private static string IdOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Convert.ToHexStringLower(digest[..IdBytes]);
    }

    private static FunctionException Unknown(string id, JsonException? problem) =>
        new(FunctionErrorKind.DamagedCode, $"The code stored as '{id}' is not in a form this worker knows; it may come from a newer version: upgrade the worker.", problem);
}

/// <summary>The JSON form of a function's code.</summary>
internal sealed record FunctionCodeRecord(
    int V, IReadOnlyList<AssemblyReference> Assemblies, MethodReference Method, TargetKind Target, IReadOnlyList<string>? Parameters);

/// <summary>The JSON forms of shipped functions, part of the protocol: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionCodeRecord))]
[JsonSerializable(typeof(ShippedFunction))]
[JsonSerializable(typeof(MethodReference))]
[JsonSerializable(typeof(RemoteError))]
internal sealed partial class FunctionJson : JsonSerializerContext
{
    /// <summary>The same for writing: names that the compiler made are full of characters that JSON for web pages escapes.</summary>
    public static FunctionJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
