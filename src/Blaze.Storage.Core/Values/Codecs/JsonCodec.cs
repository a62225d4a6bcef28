using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Blaze.Storage.Core.Values.Arrays;

namespace Blaze.Storage.Core.Values.Codecs;

/// <summary>Everything that has no format of its own, as JSON.</summary>
internal sealed class JsonCodec<T> : ValueCodec<T>
{
    private readonly JsonTypeInfo<T> _type = JsonSettings.TypeInfoOf<T>();

    public override Value Encode(T value)
    {
        try
        {
            return new Value(ValueFormat.Json, JsonSerializer.SerializeToUtf8Bytes(value, _type));
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw ValueException.CannotTravel(typeof(T), exception);
        }
    }

    public override T? Decode(in Value value, string name)
    {
        if (value.Format == ValueFormat.Npy && ArrayOf(typeof(T)) is { } array)
            return (T?)ValueFormats.Decode(value, array, name);
        if (value.Format != ValueFormat.Json)
            throw Unfit(value, name);
        try
        {
            return value.Bytes.IsSingleSegment ? JsonSerializer.Deserialize(value.Bytes.FirstSpan, _type) : DecodePieces(value.Bytes);
        }
        catch (JsonException exception)
        {
            throw Unfit(value, name, exception.Path is null or "$" ? "" : $" (see {exception.Path})", exception);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            throw ValueException.CannotTravel(typeof(T), exception);
        }
    }

    private T? DecodePieces(in ReadOnlySequence<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var value = JsonSerializer.Deserialize(ref reader, _type);
        return reader.Read() ? throw new JsonException("Something follows the value.") : value;
    }

    // What accepts any list of numbers accepts them as an array.
    private static Type? ArrayOf(Type type) =>
        type is { IsInterface: true, IsGenericType: true, GenericTypeArguments: [var element] } && NpyElements.CodeOf(element) is not null
            && type.IsAssignableFrom(element.MakeArrayType())
            ? element.MakeArrayType()
            : null;
}

/// <summary>How JSON is written and read: System.Text.Json's settings for the web, with the numbers and fields it would leave out.</summary>
internal static class JsonSettings
{
    private static readonly JsonSerializerOptions Shared = Create();

    public static JsonTypeInfo<T> TypeInfoOf<T>()
    {
        // What the serialiser knows of a type keeps its code loaded: code that may be unloaded gets settings that go with it.
        var options = typeof(T).IsCollectible ? Create() : Shared;
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    private static JsonSerializerOptions Create() => new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}
