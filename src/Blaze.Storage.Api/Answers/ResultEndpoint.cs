using System.Text.Json;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Graphs;
using Blaze.Storage.Api.Jobs;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Answers;

/// <summary>Gives the answers of jobs, in the form that is asked for.</summary>
internal sealed class ResultEndpoint(JobReader jobs, GraphReader graphs)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/jobs/{id}/result", (Delegate)GetAsync).RequireScope(ScopeExtensions.Read)
            .Describe("getResult", "Get the answer of a job", "As JSON, as a `.npy` file, as comma-separated values, or as a picture: the header `Accept` says which. Of a graph the values of the calls that no other one depends on, always as JSON.")
            .Produces<JsonElement>(StatusCodes.Status200OK, ResultForm.All[0].ContentType, [.. ResultForm.All.Skip(1).Select(form => form.ContentType)])
            .TakesHeader("Accept", "application/json, application/x-npy, text/csv or image/png (not of STAT).", "application/x-npy")
            .TakesHeader("Prefer", "`wait=10`: answer when the job has ended, or after so many seconds.", "wait=1")
            .Fails(ProblemKind.NoSuchJob, ProblemKind.JobRunning, ProblemKind.JobFailed, ProblemKind.JobCancelled, ProblemKind.ResultGone, ProblemKind.NotAcceptable, ProblemKind.InvalidHeader, AccessProblems.LimitedKey);

    private async Task<IResult> GetAsync(HttpContext context, string id)
    {
        if (SharedTable.IsGraph(id))
            return Results.Json(await graphs.ResultAsync(context, id, Preference.WaitOf(context)), ApiJson.Default.GraphResultBody);
        await jobs.WaitAsync(id, Preference.WaitOf(context), context.RequestAborted);
        var job = await jobs.GetAsync(id, context.RequestAborted);
        if (job.State != JobState.Done)
            throw WhyNot(job);
        var snapshot = await jobs.LookAsync(id, context.RequestAborted)
            ?? throw new ProblemException(ProblemKind.ResultGone, $"The value of the job {id} is neither in the center nor in a cache this server can read.");
        var form = ResultForm.Choose(context.Request, snapshot);
        var body = new MemoryStream();
        form.Write(body, snapshot);
        context.Response.Headers.Vary = "Accept";
        return Results.Bytes(body.GetBuffer().AsMemory(0, (int)body.Length), form.ContentType);
    }

    private static ProblemException WhyNot(JobInfo job) => job.State switch
    {
        JobState.Failed => new ProblemException(ProblemKind.JobFailed, job.Error?.Message ?? "The job failed."),
        JobState.Cancelled => new ProblemException(ProblemKind.JobCancelled, $"The job {job.Id} was cancelled."),
        _ => new ProblemException(ProblemKind.JobRunning, $"The job {job.Id} is running."),
    };
}
