using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Jobs;

/// <summary>Submits, shows and cancels jobs.</summary>
internal sealed class JobEndpoints(BlazeClient client, ApiOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/jobs", (Delegate)SubmitAsync).RequireScope(ScopeExtensions.Submit);
        routes.MapGet("/jobs/{id}", GetAsync).RequireScope(ScopeExtensions.Read);
        routes.MapDelete("/jobs/{id}", CancelAsync).RequireScope(ScopeExtensions.Submit);
    }

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.JobRequest, options.MaxBodyBytes);
        var spec = Caller.Of(context).Limit(JobQuestion.Of(request, options.MaxSources));
        try
        {
            var job = await client.SubmitAsync(spec, request.Priority, context.RequestAborted);
            context.Response.Headers.Location = $"/v1/jobs/{job.Id}";
            return Results.Json(await BodyOfAsync(job.Id, context.RequestAborted), ApiJson.Default.JobBody, statusCode: StatusCodes.Status202Accepted);
        }
        catch (BlazeException problem) when (problem is not Center.CenterException)
        {
            throw new ProblemException(ProblemKind.InvalidQuestion, problem.Message);
        }
    }

    private async Task<IResult> GetAsync(string id, CancellationToken cancellationToken) =>
        Results.Json(await BodyOfAsync(id, cancellationToken), ApiJson.Default.JobBody);

    private async Task<IResult> CancelAsync(string id, CancellationToken cancellationToken)
    {
        await client.CancelAsync(id, cancellationToken);
        return Results.Json(await BodyOfAsync(id, cancellationToken), ApiJson.Default.JobBody);
    }

    private async Task<JobBody> BodyOfAsync(string id, CancellationToken cancellationToken) =>
        JobBody.Of(await client.GetJobAsync(id, cancellationToken) ?? throw new ProblemException(ProblemKind.NoSuchJob, $"There is no job '{id}'.", "id"));
}
