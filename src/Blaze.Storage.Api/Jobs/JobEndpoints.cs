using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Jobs;

/// <summary>Submits, lists, shows and cancels jobs.</summary>
internal sealed class JobEndpoints(BlazeClient client, JobReader jobs, ApiOptions options)
{
    private readonly EachSource _each = new(client, options);

    private const string ExampleJob =
        """
        {"id":"b5dc5858553c511b","op":"HIST","sources":["s3://bucket/logs/"],"range":{},"params":{"n":"1"},"state":"running","priority":0,"created":"2026-11-20T12:00:00+00:00","blocks":{"total":0,"cached":0,"computed":0},"bytes":{"total":0,"read":0,"cached":0,"computed":0,"local":0,"remote":0}}
        """;

    private const int MostOfAPage = 1000;
    private const int UsualPage = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/jobs", (Delegate)SubmitAsync).RequireScope(ScopeExtensions.Submit)
            .Describe("submitJob", "Ask a question", "Records a job, which workers plan and compute; `Location` says where to look at it. With `each` there is a job for each source and for each file that a pattern matches, at most 1,000, and the answer is a list of them: of those that are no patterns first. A worker looks up the patterns before, in a job that asks about no byte.")
            .Accepts<JobRequest>("application/json").Produces<JobBody>(StatusCodes.Status202Accepted)
            .TakesHeader("Idempotency-Key", "1 to 128 characters: the same question sent again under it is the same job.", "report-2026-11-20")
            .TakesHeader("Prefer", "`wait=10`: answer when the job has ended, or after so many seconds.", "wait=1")
            .Shows("""{"op":"HIST","sources":["s3://bucket/logs/"],"range":{"start":0,"end":1048576},"params":{"n":1},"priority":0,"each":false}""", ExampleJob)
            .Fails(ProblemKind.InvalidBody, ProblemKind.UnknownField, ProblemKind.InvalidField, ProblemKind.InvalidQuestion, ProblemKind.IdempotencyConflict, ProblemKind.InvalidHeader, ProblemKind.TooManyJobs, ProblemKind.NotLookedUp, ProblemKind.BodyTooLarge, ProblemKind.WrongContentType);
        routes.MapGet("/jobs", (Delegate)ListAsync).RequireScope(ScopeExtensions.Read)
            .Describe("listJobs", "List jobs", "Newest first. A page may have fewer jobs than its limit, or none, although there are more: `next` is there as long as there are.")
            .Produces<JobListBody>()
            .TakesParameter("state", "running, done, failed or cancelled.", "running")
            .TakesParameter("limit", "1 to 1,000, by default 100.", "10")
            .TakesParameter("cursor", "The `next` of the page before.", "MTc2MzYzOTIwMDAwMCBiNWRjNTg1ODU1M2M1MTFi")
            .Shows(null, $$"""{"jobs":[{{ExampleJob}}]}""")
            .Fails(ProblemKind.InvalidParameter);
        routes.MapGet("/jobs/{id}", (Delegate)GetAsync).RequireScope(ScopeExtensions.Read)
            .Describe("getJob", "Look at a job", "Its state and progress; an estimate while it runs, the exact result once it is done.")
            .Produces<JobBody>()
            .TakesHeader("Prefer", "`wait=10`: answer when the job has ended, or after so many seconds.", "wait=1")
            .Shows(null, ExampleJob)
            .Fails(ProblemKind.NoSuchJob);
        routes.MapDelete("/jobs/{id}", (Delegate)CancelAsync).RequireScope(ScopeExtensions.Submit)
            .Describe("cancelJob", "Cancel a job", "What has ended stays as it is.")
            .Produces<JobBody>().Shows(null, ExampleJob).Fails(ProblemKind.NoSuchJob);
    }

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.JobRequest, options.MaxBodyBytes);
        var spec = Caller.Of(context).Limit(JobQuestion.Of(request, options.MaxSources));
        var key = IdempotencyKeyOf(context);
        if (!request.Each)
        {
            var job = await Explained(client.SubmitAsync(spec, HowTo(request, key), context.RequestAborted));
            context.Response.Headers.Location = $"/v1/jobs/{job.Id}";
            var wait = Preference.WaitOf(context);
            var last = await jobs.WaitAsync(job.Id, wait, context.RequestAborted);
            return Json(await BodyOfAsync(job.Id, last, withValue: wait > TimeSpan.Zero, context.RequestAborted), StatusCodes.Status202Accepted);
        }

        var sources = await Explained(_each.ListAsync(spec, HowTo(request, null), context.RequestAborted));
        var bodies = new List<JobBody>(sources.Count);
        foreach (var (index, source) in sources.Index())
        {
            var job = await Explained(client.SubmitAsync(spec with { Sources = [source] }, HowTo(request, key is null ? null : $"{key} {index}"), context.RequestAborted));
            bodies.Add(JobBody.Of(await jobs.GetAsync(job.Id, context.RequestAborted)));
        }

        context.Response.Headers.Location = "/v1/jobs";
        return Results.Json(new JobListBody(bodies, null), ApiJson.Default.JobListBody, statusCode: StatusCodes.Status202Accepted);
    }

    private SubmitOptions HowTo(JobRequest request, string? key) => new() { Priority = request.Priority, IdempotencyKey = key, MaxRunning = options.MaxRunningJobs };

    private static async Task<T> Explained<T>(Task<T> submission)
    {
        try
        {
            return await submission;
        }
        catch (SubmissionException problem)
        {
            throw problem.Kind == SubmissionErrorKind.KeyInUse
                ? new ProblemException(ProblemKind.IdempotencyConflict, problem.Message, "Idempotency-Key")
                : new ProblemException(ProblemKind.TooManyJobs, problem.Message);
        }
        catch (BlazeException problem) when (problem is not CenterException)
        {
            throw new ProblemException(ProblemKind.InvalidQuestion, problem.Message);
        }
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var page = await client.ListJobsAsync(
            new JobQuery
            {
                State = query.TryGetValue("state", out var state) ? StateOf(state.ToString()) : null,
                Max = query.TryGetValue("limit", out var limit) ? LimitOf(limit.ToString()) : UsualPage,
                Cursor = query.TryGetValue("cursor", out var cursor) ? cursor.ToString() : null,
                Owner = Caller.Of(context).SeesOnly,
            },
            context.RequestAborted);
        return Results.Json(new JobListBody([.. page.Jobs.Select(JobBody.Of)], page.Next), ApiJson.Default.JobListBody);
    }

    private async Task<IResult> GetAsync(HttpContext context, string id)
    {
        var last = await jobs.WaitAsync(id, Preference.WaitOf(context), context.RequestAborted);
        return Json(await BodyOfAsync(id, last, withValue: true, context.RequestAborted), StatusCodes.Status200OK);
    }

    private async Task<IResult> CancelAsync(string id, CancellationToken cancellationToken)
    {
        await client.CancelAsync(id, cancellationToken);
        return Json(await BodyOfAsync(id, null, withValue: false, cancellationToken), StatusCodes.Status200OK);
    }

    private async Task<JobBody> BodyOfAsync(string id, JobSnapshot? known, bool withValue, CancellationToken cancellationToken)
    {
        if (known?.Record is { } record)
            return JobBody.Of(record).With(known);
        var body = JobBody.Of(await jobs.GetAsync(id, cancellationToken));
        return withValue && (known ?? await jobs.LookAsync(id, cancellationToken)) is { } snapshot ? body.With(snapshot) : body;
    }

    private static IResult Json(JobBody body, int status) => Results.Json(body, ApiJson.Default.JobBody, statusCode: status);

    private static string? IdempotencyKeyOf(HttpContext context)
    {
        var header = context.Request.Headers["Idempotency-Key"];
        if (header.Count == 0)
            return null;
        return header is [{ Length: > 0 and <= 128 } key]
            ? key
            : throw new ProblemException(ProblemKind.InvalidHeader, "The header Idempotency-Key has 1 to 128 characters, once.", "Idempotency-Key");
    }

    private static JobState StateOf(string text) => JobStateName.Find(text)
        ?? throw new ProblemException(ProblemKind.InvalidParameter, $"'{text}' is no state: running, done, failed or cancelled.", "state");

    private static int LimitOf(string text) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostOfAPage
        ? limit
        : throw new ProblemException(ProblemKind.InvalidParameter, $"A page has 1 to {MostOfAPage} jobs, not '{text}'.", "limit");
}
