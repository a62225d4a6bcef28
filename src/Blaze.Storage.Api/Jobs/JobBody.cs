using System.Text.Json;
using Blaze.Storage.Api.Answers;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Results;

namespace Blaze.Storage.Api.Jobs;

/// <summary>A job as callers see it.</summary>
internal sealed record JobBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The operation.</summary>
    public required string Op { get; init; }

    /// <summary>What was asked about.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The range that was asked for, or after planning the one that it came to.</summary>
    public required AskedRange Range { get; init; }

    /// <summary>The parameters; after planning all of them.</summary>
    public required IReadOnlyDictionary<string, string> Params { get; init; }

    /// <summary>running, done, failed or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>−100 … 100.</summary>
    public required int Priority { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended; absent while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Its blocks.</summary>
    public required BlockCounts Blocks { get; init; }

    /// <summary>Its bytes.</summary>
    public required ByteCounts Bytes { get; init; }

    /// <summary>Why it failed; absent unless it did.</summary>
    public ErrorBody? Error { get; init; }

    /// <summary>The share of the bytes whose values are finished, 0 … 1; absent where it was not looked at.</summary>
    public double? Coverage { get; init; }

    /// <summary>What the finished part says about the whole, with standard errors; absent once there is a result.</summary>
    public JsonElement? Estimate { get; init; }

    /// <summary>The exact answer; absent until the job is done, and of answers of more than 4,096 numbers.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Why the job does not move, if it does not.</summary>
    public string? Notice { get; init; }

    /// <summary>The body with what is known of the value.</summary>
    public JobBody With(JobSnapshot snapshot) => this with
    {
        Coverage = snapshot.Coverage,
        Notice = snapshot.Notice,
        Estimate = snapshot is { Exact: false, Estimate: { } estimate } ? ValueJson.Of(json => EstimateJson.Write(json, estimate)) : null,
        Result = snapshot is { Exact: true } && ValueJson.IsSmall(snapshot) ? ValueJson.Of(json => ResultJson.WriteValue(json, snapshot)) : null,
    };

    public static JobBody Of(JobInfo job) => new()
    {
        Id = job.Id,
        Op = job.Spec.Op,
        Sources = job.Spec.Sources,
        Range = new AskedRange(job.Detail?.Start ?? job.Spec.Start, job.Detail?.End ?? job.Spec.End),
        Params = job.Detail?.Parameters ?? job.Spec.Parameters,
        State = JobStateName.Of(job.State),
        Priority = job.Priority,
        Created = job.Created,
        Ended = job.Ended,
        Blocks = job.Blocks,
        Bytes = job.Bytes,
        Error = job.Error is { } error ? new ErrorBody(error.Type, error.Message, error.Kind) : null,
    };
}

/// <summary>Why a job failed.</summary>
/// <param name="Type">The exception's type.</param>
/// <param name="Message">One sentence: what happened, where, what to do.</param>
/// <param name="Kind">What a caller can act on, where there is one.</param>
internal sealed record ErrorBody(string Type, string Message, string? Kind = null);
