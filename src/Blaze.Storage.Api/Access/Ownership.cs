using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Access;

/// <summary>
/// Lets callers at what is theirs: another's job is answered as one that does not exist; and values and calls of operations, of which nobody knows here what they were
/// read from, are not for keys that may read some sources only.
/// </summary>
internal sealed class Ownership(BlazeClient client)
{
    private static readonly string[] Unattributed = ["/v1/keys", "/v1/tasks"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint() is RouteEndpoint { RoutePattern: var pattern })
        {
            var caller = Caller.Of(http);
            if (caller.IsLimited && Unattributed.Any(path => $"/{pattern.RawText?.TrimStart('/')}".StartsWith(path, StringComparison.OrdinalIgnoreCase)))
                throw new ProblemException(AccessProblems.LimitedKey, "Values and operations tell nothing of the sources they come from.", "Authorization");
            if (caller.SeesOnly is not null && pattern.GetParameter("id") is not null)
                await CheckAsync(http, caller, http.GetRouteValue("id") as string ?? "");
        }

        return await next(context);
    }

    private async Task CheckAsync(HttpContext context, Caller caller, string id)
    {
        if (await client.GetJobAsync(id, context.RequestAborted) is { } job && !caller.MaySee(job))
            throw new ProblemException(ProblemKind.NoSuchJob, $"There is no job '{id}'.", "id");
    }
}
