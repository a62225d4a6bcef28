using System.Buffers;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Values.Arrays;

namespace Blaze.Storage.Core.Values;

/// <summary>How a value and a type are called in a sentence.</summary>
internal static class Description
{
    public static string Of(in Value value) => value.Format switch
    {
        ValueFormat.Raw => "raw bytes",
        ValueFormat.Npy => OfNpy(value.Bytes),
        ValueFormat.Json => OfJson(value.Bytes),
        _ => $"of the format '{value.Format}'",
    };

    public static string Of(Type type)
    {
        var name = NameOf(type);
        return (name[0] is 'a' or 'e' or 'i' or 'o' or 'A' or 'E' or 'I' or 'O' ? "an " : "a ") + name;
    }

    public static string NameOf(Type type)
    {
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return NameOf(inner) + "?";
        if (type.IsGenericType)
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        return Keyword(type) ?? type.Name;
    }

    private static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.SByte => "sbyte",
        TypeCode.Int16 => "short",
        TypeCode.UInt16 => "ushort",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.Decimal => "decimal",
        TypeCode.String => "string",
        TypeCode.Char => "char",
        _ => type == typeof(object) ? "object" : null,
    };

    private static string OfNpy(in ReadOnlySequence<byte> bytes)
    {
        try
        {
            var header = NpyBytes.HeaderOf(bytes);
            var shape = header.Shape.Count == 1 ? "" : $" with shape ({string.Join(", ", header.Shape)})";
            return $"npy of {NpyElements.NumpyNameOf(header.Descr)}{shape}";
        }
        catch (InvalidDataException)
        {
            return "npy with a broken header";
        }
    }

    private static string OfJson(in ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        reader.AdvancePastAny(" \t\r\n"u8);
        return !reader.TryPeek(out var first) ? "empty, which is no JSON" : first switch
        {
            (byte)'"' => "a JSON string",
            (byte)'{' => "a JSON object",
            (byte)'[' => "a JSON list",
            (byte)'t' or (byte)'f' => "a JSON boolean",
            (byte)'n' => "null",
            _ => "a JSON number",
        };
    }
}
