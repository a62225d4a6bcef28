using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Problems;

/// <summary>A kind of problem; its name is the stable part of <c>type</c>.</summary>
/// <param name="Name">Lower case, words joined by <c>-</c>.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Title">What it is, the same for every occurrence.</param>
/// <param name="Action">What to do about it.</param>
internal sealed record ProblemKind(string Name, int Status, string Title, string Action)
{
    public static readonly ProblemKind InvalidBody = new("invalid-body", StatusCodes.Status400BadRequest, "The body is not what it should be.", "Send one JSON object as the operation describes it.");
    public static readonly ProblemKind UnknownField = new("unknown-field", StatusCodes.Status400BadRequest, "The body has a field that is not known.", "Leave the field out, or spell it as the operation does.");
    public static readonly ProblemKind InvalidField = new("invalid-field", StatusCodes.Status422UnprocessableEntity, "A field has a value that is not possible.", "Change the field named by `field`.");
    public static readonly ProblemKind UnknownParameter = new("unknown-parameter", StatusCodes.Status400BadRequest, "The address has a parameter that is not known.", "Leave the parameter out, or spell it as the operation does.");
    public static readonly ProblemKind InvalidParameter = new("invalid-parameter", StatusCodes.Status400BadRequest, "A part of the address has a value that is not possible.", "Change what `field` names.");
    public static readonly ProblemKind InvalidHeader = new("invalid-header", StatusCodes.Status400BadRequest, "A header has a value that is not possible.", "Change the header named by `field`.");
    public static readonly ProblemKind InvalidQuestion = new("invalid-question", StatusCodes.Status422UnprocessableEntity, "Nobody could answer the question.", "Change the question as `detail` says.");
    public static readonly ProblemKind InvalidRequest = new("invalid-request", StatusCodes.Status400BadRequest, "The request cannot be read.", "Send it as HTTP asks.");
    public static readonly ProblemKind NotFound = new("not-found", StatusCodes.Status404NotFound, "There is nothing at this address.", "See /openapi.json for the addresses there are.");
    public static readonly ProblemKind NoSuchJob = new("no-such-job", StatusCodes.Status404NotFound, "There is no such job.", "List the jobs at /v1/jobs; those that ended long ago are forgotten.");
    public static readonly ProblemKind NoSuchKey = new("no-such-key", StatusCodes.Status404NotFound, "There is no value under this key.", "Put it, or ask the question again whose result it is.");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The address does not know this method.", "Use one of those in the header Allow.");
    public static readonly ProblemKind NotAcceptable = new("not-acceptable", StatusCodes.Status406NotAcceptable, "The answer has none of the forms that are accepted.", "Accept one of the types in `detail`.");
    public static readonly ProblemKind JobRunning = new("job-running", StatusCodes.Status409Conflict, "The job has no result yet.", "Follow its events, or ask again later.");
    public static readonly ProblemKind JobFailed = new("job-failed", StatusCodes.Status409Conflict, "The job failed, so it has no result.", "Mend what `detail` says and submit it again.");
    public static readonly ProblemKind JobCancelled = new("job-cancelled", StatusCodes.Status409Conflict, "The job was cancelled, so it has no result.", "Submit it again.");
    public static readonly ProblemKind ResultGone = new("result-gone", StatusCodes.Status410Gone, "The job's result is no longer kept.", "Submit the job again; what is still known is not computed again.");
    public static readonly ProblemKind IdempotencyConflict = new("idempotency-conflict", StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used for another job.", "Use a new key for each job.");
    public static readonly ProblemKind KeyExists = new("key-in-use", StatusCodes.Status409Conflict, "The key has a value that cannot be replaced.", "Use another key.");
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is larger than this server takes.", "Send less, or ask for a higher limit.");
    public static readonly ProblemKind WrongContentType = new("wrong-content-type", StatusCodes.Status415UnsupportedMediaType, "The body has a type that this operation does not take.", "Send the type named in `detail` in the header Content-Type.");
    public static readonly ProblemKind RangeNotSatisfiable = new("range-not-satisfiable", StatusCodes.Status416RangeNotSatisfiable, "The value has none of the bytes asked for.", "Ask for bytes it has; its length is in the header Content-Range.");
    public static readonly ProblemKind TooManyJobs = new("too-many-jobs", StatusCodes.Status429TooManyRequests, "Too many of your jobs are running.", "Wait until some have ended.");
    public static readonly ProblemKind TooManyStreams = new("too-many-streams", StatusCodes.Status429TooManyRequests, "You follow too many jobs at once.", "Close some of the streams.");
    public static readonly ProblemKind Failed = new("failed", StatusCodes.Status500InternalServerError, "The server failed.", "Try again; if it stays, tell whoever runs this server.");
    public static readonly ProblemKind ClusterFailed = new("cluster-failed", StatusCodes.Status502BadGateway, "The cluster could not do it.", "See `detail`.");
    public static readonly ProblemKind NotLookedUp = new("not-looked-up", StatusCodes.Status503ServiceUnavailable, "The files of a pattern were not looked up in time.", "See at /v1/workers whether anybody works, and try again.");
    public static readonly ProblemKind Unavailable = new("unavailable", StatusCodes.Status503ServiceUnavailable, "The cluster cannot be reached.", "Try again in a moment.");

    /// <summary>What <c>type</c> says.</summary>
    public string Type => $"urn:blaze-storage:problem:{Name}";
}
