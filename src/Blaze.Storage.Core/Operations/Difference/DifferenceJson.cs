using System.Buffers;
using System.Text.Json;
using Blaze.Storage.Core.Chunks;

namespace Blaze.Storage.Core.Operations.Difference;

/// <summary>The stored form of <see cref="DifferenceValue"/>s, described at <see cref="DifferenceOperation"/>.</summary>
internal static class DifferenceJson
{
    public static byte[] Write(IReadOnlyList<ChunkValue> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("rows"u8);
            foreach (var row in rows.Cast<DifferenceValue>())
                Write(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static IReadOnlyList<ChunkValue> Read(ReadOnlySpan<byte> encoded)
    {
        try
        {
            var reader = new Utf8JsonReader(encoded);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read()
                ? throw new InvalidDataException("Something follows the stored difference.")
                : [.. document.RootElement.GetProperty("rows"u8).EnumerateArray().Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("The stored difference is not the JSON it should be.", exception);
        }
    }

    private static void Write(Utf8JsonWriter json, DifferenceValue value)
    {
        var start = value.Range.Start;
        json.WriteStartObject();
        json.WriteNumber("start"u8, start);
        json.WriteNumber("end"u8, value.Range.End);
        json.WriteNumber("differing"u8, value.Differing);
        json.WriteNumber("runs"u8, value.Runs);
        json.WriteNumber("last"u8, value.Last < 0 ? -1 : value.Last - start);
        json.WriteStartArray("ranges"u8);
        foreach (var range in value.Ranges)
        {
            json.WriteStartArray();
            json.WriteNumberValue(range.Start - start);
            json.WriteNumberValue(range.End - start);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ChunkValue Read(JsonElement row)
    {
        var range = new ByteRange(Number(row, "start"u8), Number(row, "end"u8));
        var (differing, runs, last) = (Number(row, "differing"u8), Number(row, "runs"u8), Number(row, "last"u8));
        var ranges = row.GetProperty("ranges"u8).EnumerateArray().Select(pair => ReadRange(pair, range.Start)).ToList();
        var value = new DifferenceValue(range, differing, runs, last < 0 ? -1 : range.Start + last, ranges);
        return IsSound(value) ? value : throw new InvalidDataException("The stored difference contradicts itself.");
    }

    private static long Number(JsonElement row, ReadOnlySpan<byte> name) => row.GetProperty(name).GetInt64();

    private static ByteRange ReadRange(JsonElement pair, long origin) => pair.GetArrayLength() == 2
        ? new ByteRange(checked(origin + pair[0].GetInt64()), checked(origin + pair[1].GetInt64()))
        : throw new InvalidDataException("A range of the stored difference is no pair.");

    private static bool IsSound(DifferenceValue value)
    {
        var end = value.Range.Start - 1;
        var listed = 0L;
        foreach (var range in value.Ranges)
        {
            if (range.Start <= end || range.IsEmpty || !value.Range.Contains(range))
                return false;
            end = range.End;
            listed += range.Length;
        }

        if (value.Runs == value.Ranges.Count)
            return value.Differing == listed && value.Last == (value.Runs == 0 ? -1 : end - 1);
        return value.Differing > listed && value.Differing <= value.Range.Length && value.Last > end && value.Last < value.Range.End;
    }
}
