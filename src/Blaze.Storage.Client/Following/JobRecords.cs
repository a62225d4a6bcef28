using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;

namespace Blaze.Storage.Client.Following;

/// <summary>Reads the center's records of jobs.</summary>
internal static class JobRecords
{
    public static JobInfo Read(JobRecord record) => Read(record, SpecOf(record), DetailOf(record));

    /// <summary>The record as clients see it, with what does not change where it was read before.</summary>
    public static JobInfo Read(JobRecord record, JobSpec spec, JobDetail? detail) => new(
        record.Id,
        spec,
        StateOf(record),
        record.Created,
        record.Ended,
        record.Priority,
        BlocksOf(record),
        BytesOf(record),
        detail,
        ErrorOf(record));

    public static JobSpec SpecOf(JobRecord record) => Parse(record, "question", record.Spec, JobJson.Default.JobSpec);

    public static JobDetail? DetailOf(JobRecord record) =>
        record.Detail is null ? null : Parse(record, "plan", record.Detail, JobJson.Default.JobDetail);

    /// <summary>Why the job failed; null unless it did. Text that is no such JSON is itself the message.</summary>
    public static JobError? ErrorOf(JobRecord record)
    {
        if (record.Error is not { Length: > 0 } text)
            return null;
        try
        {
            if (JsonSerializer.Deserialize(text, JobJson.Default.JobError) is { Message: not null } error)
                return error;
        }
        catch (JsonException)
        {
            // A worker of another make may write plain text, which says more than the complaint that it is no JSON.
        }

        return new JobError("", text, null, null, null, null);
    }

    public static JobState StateOf(JobRecord record) => record.State switch
    {
        Center.Jobs.JobState.Running => JobState.Running,
        Center.Jobs.JobState.Done => JobState.Done,
        Center.Jobs.JobState.Failed => JobState.Failed,
        Center.Jobs.JobState.Cancelled => JobState.Cancelled,
        _ => throw new BlazeException($"The job {record.Id} is in the state '{record.State}', which this version does not know: upgrade it."),
    };

    public static BlockCounts BlocksOf(JobRecord record) => new(
        record.Progress.BlocksTotal,
        Cached(record, record.Progress.BlocksTotal, record.Progress.BlocksCached, record.Progress.BlocksComputed),
        record.Progress.BlocksComputed);

    public static ByteCounts BytesOf(JobRecord record) => new(
        record.Progress.BytesTotal,
        record.Progress.BytesRead,
        Cached(record, record.Progress.BytesTotal, record.Progress.BytesCached, record.Progress.BytesComputed),
        record.Progress.BytesComputed,
        record.Progress.BytesRemote);

    /// <summary>A number that grows with every change of the record: the sum of what only grows.</summary>
    public static long RevisionOf(JobRecord record)
    {
        var progress = record.Progress;
        return 1 + progress.BlocksTotal + progress.BlocksCached + progress.BlocksComputed + progress.BytesTotal + progress.BytesCached + progress.BytesComputed
            + progress.BytesRead + progress.BytesRemote + (record.State == Center.Jobs.JobState.Running ? 0 : 1);
    }

    // A chunk that another job finishes just while this one is planned can be counted twice, as known and as shared. What the job
    // did not have computed was at hand, and when it is done that is all the rest.
    private static long Cached(JobRecord record, long total, long counted, long computed) =>
        Math.Max(0, record.State == Center.Jobs.JobState.Done ? total - computed : Math.Min(counted, total - computed));

    /// <summary>The operation as planned; before planning, as asked, or null where planning must complete it.</summary>
    public static Operation? OperationOf(JobSpec spec, JobDetail? detail)
    {
        if (detail is not null)
            return OperationCatalog.Create(detail.Op, detail.Parameters);
        var needsHeader = spec.Op.Equals("STAT", StringComparison.OrdinalIgnoreCase) && !spec.Parameters.ContainsKey("dtype");
        return needsHeader ? null : OperationCatalog.Create(spec.Op, spec.Parameters);
    }

    /// <summary>The bytes of the whole question: of all sources, or of the longer one where two are read side by side.</summary>
    public static long WholeBytes(Operation operation, JobDetail detail)
    {
        var lengths = detail.Sources.Select(source => Math.Max(0, source.End - source.Start));
        return operation.InputCount == 1 ? lengths.Sum() : lengths.DefaultIfEmpty().Max();
    }

    private static T Parse<T>(JobRecord record, string what, string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException($"The {what} is null.");
        }
        catch (JsonException problem)
        {
            throw new BlazeException($"The {what} recorded for the job {record.Id} cannot be read; it may come from another version: upgrade this one.", problem);
        }
    }
}
