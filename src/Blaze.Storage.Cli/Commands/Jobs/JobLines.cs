using System.Text.Json;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Results;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary>Jobs, workers and keys as JSON, one object on a line.</summary>
internal static class JobLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one line.</summary>
    public static void Write(Stream output, Action<Utf8JsonWriter> fields)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>
    /// <c>job, op, parameters, sources, start, end, state, priority, created, ended, blocks, bytes, error</c>; sources are those
    /// asked for, times are ISO 8601 in UTC.
    /// </summary>
    public static void WriteJob(Utf8JsonWriter json, JobInfo job)
    {
        json.WriteString("job", job.Id);
        json.WriteString("op", job.Spec.Op);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in (job.Detail?.Parameters ?? job.Spec.Parameters).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartArray("sources");
        foreach (var source in job.Spec.Sources)
            json.WriteStringValue(source);
        json.WriteEndArray();
        WriteOptional(json, "start", job.Detail?.Start ?? job.Spec.Start);
        WriteOptional(json, "end", job.Detail?.End ?? job.Spec.End);
        json.WriteString("state", JobStateName.Of(job.State));
        json.WriteNumber("priority", job.Priority);
        json.WriteString("created", job.Created.UtcDateTime);
        if (job.Ended is { } ended)
            json.WriteString("ended", ended.UtcDateTime);
        else
            json.WriteNull("ended");
        CountersJson.Write(json, job.Blocks, job.Bytes);
        WriteError(json, job.Error);
    }

    /// <summary><c>worker, host, pid, slots, tasks, …, resources, lastSeen</c>.</summary>
    public static void WriteWorker(Utf8JsonWriter json, WorkerInfo worker)
    {
        json.WriteString("worker", worker.Id);
        json.WriteString("host", worker.Host);
        json.WriteNumber("pid", worker.ProcessId);
        json.WriteNumber("slots", worker.Slots);
        json.WriteNumber("tasks", worker.Tasks);
        json.WriteNumber("cores", worker.Cores);
        json.WriteNumber("values", worker.Values);
        json.WriteNumber("memory", worker.Memory);
        json.WriteNumber("memoryLimit", worker.MemoryLimit);
        json.WriteNumber("spilled", worker.Spilled);
        json.WriteStartObject("resources");
        foreach (var (name, amount) in worker.Resources.Items)
        {
            json.WriteStartObject(name);
            json.WriteNumber("total", amount);
            json.WriteNumber("free", worker.FreeResources[name]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("lastSeen", worker.LastSeen.UtcDateTime);
    }

    private static void WriteError(Utf8JsonWriter json, JobError? error)
    {
        if (error is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WritePropertyName("error");
        JsonSerializer.Serialize(json, error, JobJson.Default.JobError);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } present)
            json.WriteNumber(name, present);
        else
            json.WriteNull(name);
    }
}
