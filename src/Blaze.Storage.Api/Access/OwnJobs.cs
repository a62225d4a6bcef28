using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Access;

/// <summary>Lets a caller at their own jobs only: another's is answered as one that does not exist.</summary>
internal sealed class OwnJobs(BlazeClient client)
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint() is RouteEndpoint endpoint && endpoint.RoutePattern.GetParameter("id") is not null && Caller.Of(http).SeesOnly is not null)
            await CheckAsync(http, http.GetRouteValue("id") as string ?? "");
        return await next(context);
    }

    private async Task CheckAsync(HttpContext context, string id)
    {
        if (await client.GetJobAsync(id, context.RequestAborted) is { } job && !Caller.Of(context).MaySee(job))
            throw new ProblemException(ProblemKind.NoSuchJob, $"There is no job '{id}'.", "id");
    }
}
