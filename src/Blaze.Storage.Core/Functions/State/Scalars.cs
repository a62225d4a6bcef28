using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>Values that are one JSON number, string or boolean. Text is in the invariant form that .NET reads back exactly.</summary>
internal static class Scalars
{
    private static readonly Dictionary<Type, Scalar> Known = new()
    {
        [typeof(bool)] = Of<bool>((to, value) => to.WriteBooleanValue(value), from => from.GetBoolean()),
        [typeof(sbyte)] = Of<sbyte>((to, value) => to.WriteNumberValue(value), from => from.GetSByte()),
        [typeof(byte)] = Of<byte>((to, value) => to.WriteNumberValue(value), from => from.GetByte()),
        [typeof(short)] = Of<short>((to, value) => to.WriteNumberValue(value), from => from.GetInt16()),
        [typeof(ushort)] = Of<ushort>((to, value) => to.WriteNumberValue(value), from => from.GetUInt16()),
        [typeof(int)] = Of<int>((to, value) => to.WriteNumberValue(value), from => from.GetInt32()),
        [typeof(uint)] = Of<uint>((to, value) => to.WriteNumberValue(value), from => from.GetUInt32()),
        [typeof(long)] = Of<long>((to, value) => to.WriteNumberValue(value), from => from.GetInt64()),
        [typeof(ulong)] = Of<ulong>((to, value) => to.WriteNumberValue(value), from => from.GetUInt64()),
        // A half of a surrogate pair is a character, but no text.
        [typeof(char)] = Of<char>((to, value) => to.WriteNumberValue(value), from => (char)from.GetUInt16()),
        [typeof(Half)] = Of<Half>((to, value) => WriteDouble(to, (double)value), from => (Half)ReadDouble(from)),
        [typeof(float)] = Of<float>(WriteSingle, ReadSingle),
        [typeof(double)] = Of<double>(WriteDouble, ReadDouble),
        [typeof(decimal)] = Of<decimal>((to, value) => to.WriteNumberValue(value), from => from.GetDecimal()),
        [typeof(Int128)] = Parsed<Int128>("D"),
        [typeof(UInt128)] = Parsed<UInt128>("D"),
        [typeof(BigInteger)] = Parsed<BigInteger>("R"),
        [typeof(Guid)] = Parsed<Guid>("D"),
        [typeof(TimeSpan)] = Parsed<TimeSpan>("c"),
        [typeof(DateOnly)] = Parsed<DateOnly>("O"),
        [typeof(TimeOnly)] = Parsed<TimeOnly>("O"),
        [typeof(DateTimeOffset)] = Parsed<DateTimeOffset>("O"),
        [typeof(DateTime)] = Of<DateTime>(
            (to, value) => to.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture)),
            from => DateTime.Parse(from.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        [typeof(Rune)] = Of<Rune>((to, value) => to.WriteNumberValue(value.Value), from => new Rune(from.GetInt32())),
        [typeof(Uri)] = Of<Uri>((to, value) => to.WriteStringValue(value.OriginalString), from => new Uri(from.GetString()!, UriKind.RelativeOrAbsolute)),
        [typeof(Version)] = Of<Version>((to, value) => to.WriteStringValue(value.ToString()), from => Version.Parse(from.GetString()!)),
        [typeof(Regex)] = Of<Regex>(WriteRegex, ReadRegex),
    };

    public static bool IsScalar(Type type) => type.IsEnum || type == typeof(string) || Known.ContainsKey(type);

    public static void Write(Utf8JsonWriter writer, object value, Type type)
    {
        if (value is string text)
            WriteText(writer, text);
        else
            Known[type.IsEnum ? type.GetEnumUnderlyingType() : type].Write(writer, value);
    }

    public static object Read(JsonElement element, Type type)
    {
        if (type == typeof(string))
            return ReadText(element);
        return type.IsEnum
            ? Enum.ToObject(type, Known[type.GetEnumUnderlyingType()].Read(element))
            : Known.TryGetValue(type, out var scalar) ? scalar.Read(element) : throw new JsonException($"A {type} is no number or text.");
    }

    // Text with half a surrogate pair has no UTF-8 form, but is a string all the same.
    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        if (IsWellFormed(text))
        {
            writer.WriteStringValue(text);
            return;
        }
        writer.WriteStartArray();
        foreach (var unit in text)
            writer.WriteNumberValue(unit);
        writer.WriteEndArray();
    }

    private static string ReadText(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? string.Concat(element.EnumerateArray().Select(unit => (char)unit.GetUInt16()))
            : element.GetString()!;

    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return false;
            at++;
        }
        return true;
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static double ReadDouble(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetDouble();

    // Through its own shortest digits: those of the double beside it would be longer.
    private static void WriteSingle(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static float ReadSingle(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? float.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetSingle();

    private static void WriteRegex(Utf8JsonWriter writer, Regex value) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{(int)value.Options} {value.MatchTimeout.Ticks} {value}"));

    private static Regex ReadRegex(JsonElement element)
    {
        var parts = element.GetString()!.Split(' ', 3);
        var options = (RegexOptions)int.Parse(parts[0], CultureInfo.InvariantCulture);
        return new Regex(parts[2], options, new TimeSpan(long.Parse(parts[1], CultureInfo.InvariantCulture)));
    }

    private static Scalar Parsed<T>(string format) where T : IFormattable, IParsable<T> =>
        Of<T>(
            (to, value) => to.WriteStringValue(value.ToString(format, CultureInfo.InvariantCulture)),
            from => T.Parse(from.GetString()!, CultureInfo.InvariantCulture));

    private static Scalar Of<T>(Action<Utf8JsonWriter, T> write, Func<JsonElement, T> read) =>
        new((writer, value) => write(writer, (T)value), element => read(element)!);

    private sealed record Scalar(Action<Utf8JsonWriter, object> Write, Func<JsonElement, object> Read);
}
