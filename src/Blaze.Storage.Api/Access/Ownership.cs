using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Access;

/// <summary>Lets callers at their own jobs only: another's is answered as one that does not exist. What has no owner is the business of <see cref="Shared"/>.</summary>
internal sealed class Ownership(BlazeClient client)
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint() is RouteEndpoint endpoint && endpoint.RoutePattern.GetParameter("id") is not null && Caller.Of(http) is { SeesOnly: not null } caller)
            await CheckAsync(http, caller, http.GetRouteValue("id") as string ?? "");
        return await next(context);
    }

    private async Task CheckAsync(HttpContext context, Caller caller, string id)
    {
        if (await client.GetJobAsync(id, context.RequestAborted) is { } job && !caller.MaySee(job))
            throw new ProblemException(ProblemKind.NoSuchJob, $"There is no job '{id}'.", "id");
    }
}
