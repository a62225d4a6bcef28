using System.Text.Json;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Client.Results;

/// <summary>
/// The answer of a job as one JSON object on one line; its fields and their order are a contract. Integers have all their digits,
/// doubles read back as the same number. JSON has no NaN and no infinities: NaN is null, the infinities are the strings
/// <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
public static class ResultJson
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        // Paths are shown as they are; nothing here is put into HTML.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the answer of a job that is done, and a line feed.</summary>
    public static void Write(Stream output, JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot is not { Value: not null, Operation: { } operation, Detail: { } detail })
            throw new ArgumentException("The job has no answer.", nameof(snapshot));
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("job", snapshot.JobId);
            json.WriteString("op", operation.Name);
            WriteSources(json, snapshot);
            json.WriteNumber("start", detail.Start);
            json.WriteNumber("end", detail.End);
            json.WriteBoolean("exact", snapshot.Exact);
            WriteCounters(json, snapshot);
            WriteValue(json, snapshot);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void WriteSources(Utf8JsonWriter json, JobSnapshot snapshot)
    {
        json.WriteStartArray("sources");
        foreach (var source in snapshot.Detail!.Sources)
        {
            json.WriteStartObject();
            json.WriteString("uri", source.Uri);
            json.WriteString("hash", source.Hash);
            json.WriteNumber("length", source.Length);
            json.WriteEndObject();
            FlushIfLarge(json);
        }

        json.WriteEndArray();
    }

    private static void WriteCounters(Utf8JsonWriter json, JobSnapshot snapshot)
    {
        CountersJson.Write(json, snapshot.Blocks, snapshot.Bytes);
        json.WriteNumber("seconds", Math.Round(snapshot.Elapsed.TotalSeconds, 6));
    }

    /// <summary>Writes the fields of the value alone, into an object that is open.</summary>
    /// <exception cref="ArgumentException">The job has no value.</exception>
    public static void WriteValue(Utf8JsonWriter json, JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(snapshot);
        var (operation, value) = (snapshot.Operation, snapshot.Value);
        switch (operation, value)
        {
            case (HistogramOperation histogram, HistogramValue counts):
                json.WriteNumber("n", histogram.N);
                WriteArray(json, "counts", counts.Counts, static (writer, count) => writer.WriteNumberValue(count));
                WriteDouble(json, "entropy", counts.Entropy);
                break;
            case (EntropyOperation entropy, EntropyValue profile):
                WriteDouble(json, "entropy", profile.Entropy);
                json.WriteNumber("window", entropy.Window);
                WriteArray(json, "profile", profile.Profile, WriteDoubleValue);
                break;
            case (DifferenceOperation, DifferenceValue difference):
                WriteDifference(json, difference, snapshot);
                break;
            case (StatisticsOperation statistics, StatisticsValue moments):
                WriteStatistics(json, statistics, moments);
                break;
            default:
                throw new ArgumentException($"{operation?.Name} has no value of type {value?.GetType().Name}.", nameof(snapshot));
        }
    }

    private static void WriteDifference(Utf8JsonWriter json, DifferenceValue value, JobSnapshot snapshot)
    {
        json.WriteNumber("differing", value.Differing);
        json.WriteNumber("runs", value.Runs);
        json.WriteNumber("first", value.First);
        json.WriteNumber("last", value.Last);
        WriteArray(json, "lengths", [.. snapshot.Detail!.Sources.Select(source => source.Length)], static (writer, length) => writer.WriteNumberValue(length));
        json.WriteStartArray("ranges");
        foreach (var range in value.Ranges)
        {
            json.WriteStartArray();
            json.WriteNumberValue(range.Start);
            json.WriteNumberValue(range.End);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteStatistics(Utf8JsonWriter json, StatisticsOperation operation, StatisticsValue value)
    {
        json.WriteString("dtype", operation.Type.ToString());
        json.WriteNumber("count", value.Count);
        json.WriteNumber("nan", value.NanCount);
        WriteNumber(json, "sum", value.Sum);
        WriteNumber(json, "min", value.Min);
        WriteNumber(json, "max", value.Max);
        WriteDouble(json, "mean", value.Mean);
        WriteDouble(json, "variance", value.Variance);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, ReadOnlySpan<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
            FlushIfLarge(json);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, Number? number)
    {
        json.WritePropertyName(name);
        if (number is not { } present)
            json.WriteNullValue();
        else if (present.IsInteger)
            json.WriteRawValue(present.ToString());
        else
            WriteDoubleValue(json, present.Real);
    }

    internal static void WriteDouble(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteDoubleValue(json, value);
    }

    internal static void WriteDoubleValue(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value))
            json.WriteNullValue();
        else if (double.IsInfinity(value))
            json.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
        else
            json.WriteNumberValue(value);
    }

    // A profile may have millions of entries: they leave the process as they are written.
    private static void FlushIfLarge(Utf8JsonWriter json)
    {
        if (json.BytesPending >= FlushAt)
            json.Flush();
    }
}
