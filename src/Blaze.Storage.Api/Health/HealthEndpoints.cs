using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Health;

/// <summary>Says whether this process lives, and whether it can serve.</summary>
internal sealed class HealthEndpoints(BlazeClient client)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static () => Results.Text("ok\n")).AddEndpointFilter(QueryCheck.InvokeAsync).AllowAnonymous()
            .Describe("isAlive", "Whether this process lives", "Needs no key.").Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/readyz", (Delegate)ReadyAsync).AddEndpointFilter(QueryCheck.InvokeAsync).AllowAnonymous()
            .Describe("isReady", "Whether this process can serve", "It can as long as the center answers. Needs no key.").Produces<string>(StatusCodes.Status200OK, "text/plain").Fails();
    }

    // Any answer will do: a center that knows nobody answers as well.
    private async Task<IResult> ReadyAsync(CancellationToken cancellationToken)
    {
        await client.GetJobAsync("ready", cancellationToken);
        return Results.Text("ok\n");
    }
}
