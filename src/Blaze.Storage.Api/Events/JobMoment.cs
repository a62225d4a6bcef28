using System.Buffers;
using System.Text.Json;
using Blaze.Storage.Api.Answers;
using Blaze.Storage.Api.Jobs;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Results;
using Blaze.Storage.Client.Sharing;

namespace Blaze.Storage.Api.Events;

/// <summary>What a job's streams can tell at one moment: written once, whoever reads it.</summary>
internal sealed class JobMoment
{
    private JobMoment(EventPosition position, string? notice) => (Position, Notice) = (position, notice);

    /// <summary>How much this is.</summary>
    public EventPosition Position { get; }

    /// <summary>Why the job does not move; null where it does.</summary>
    public string? Notice { get; }

    /// <summary>The data of <c>progress</c>.</summary>
    public byte[] Progress { get; private init; } = [];

    /// <summary>The data of <c>partial</c>; null while nothing is known.</summary>
    public byte[]? Partial { get; private init; }

    /// <summary>The data of <c>done</c>; null while the job runs.</summary>
    public byte[]? Done { get; private init; }

    public static JobMoment Of(JobSnapshot snapshot) => new(new EventPosition(snapshot.Revision, snapshot.FeedPosition), snapshot.Notice)
    {
        Progress = Write(json => WriteProgress(json, snapshot)),
        Partial = snapshot is { IsTerminal: false, Estimate: { } estimate } ? Write(json => WritePartial(json, snapshot, estimate)) : null,
        Done = snapshot.IsTerminal ? Write(json => WriteDone(json, snapshot)) : null,
    };

    /// <summary>The moment of a graph. Its revision is the number of calls that have ended, which is the same at every server.</summary>
    public static JobMoment Of(GraphInfo graph) => new(new EventPosition(1 + graph.Ended, 0), graph.Notice)
    {
        Progress = Write(json => WriteProgress(json, graph)),
        Done = graph.State == JobState.Running ? null : Write(json => WriteDone(json, graph)),
    };

    private static void WriteProgress(Utf8JsonWriter json, GraphInfo graph)
    {
        json.WriteString("job", graph.Id);
        json.WriteString("state", JobStateName.Of(graph.State));
        json.WriteStartObject("tasks");
        json.WriteNumber("total", graph.Calls.Count);
        json.WriteNumber("ended", graph.Ended);
        json.WriteEndObject();
    }

    private static void WriteDone(Utf8JsonWriter json, GraphInfo graph)
    {
        WriteProgress(json, graph);
        if (graph.Calls.FirstOrDefault(call => call.State == JobState.Failed) is not { } failed)
            return;
        json.WriteStartObject("error");
        json.WriteString("task", failed.Name);
        json.WriteString("message", failed.Error);
        json.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter json, JobSnapshot snapshot)
    {
        json.WriteString("job", snapshot.JobId);
        json.WriteString("state", JobStateName.Of(snapshot.State));
        json.WriteNumber("coverage", snapshot.Coverage);
        json.WriteNumber("seconds", Math.Round(snapshot.Elapsed.TotalSeconds, 3));
        CountersJson.Write(json, snapshot.Blocks, snapshot.Bytes);
    }

    private static void WritePartial(Utf8JsonWriter json, JobSnapshot snapshot, Estimate estimate)
    {
        json.WriteString("job", snapshot.JobId);
        json.WriteString("op", snapshot.Operation?.Name);
        json.WriteNumber("coverage", estimate.Coverage);
        json.WriteStartObject("estimate");
        EstimateJson.Write(json, estimate);
        json.WriteEndObject();
    }

    private static void WriteDone(Utf8JsonWriter json, JobSnapshot snapshot)
    {
        WriteProgress(json, snapshot);
        if (snapshot.Error is { } error)
        {
            json.WritePropertyName("error");
            JsonSerializer.Serialize(json, new ErrorBody(error.Type, error.Message, error.Kind), ApiJson.Default.ErrorBody);
        }

        if (snapshot.Exact && ValueJson.IsSmall(snapshot))
        {
            json.WriteStartObject("result");
            ResultJson.WriteValue(json, snapshot);
            json.WriteEndObject();
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
