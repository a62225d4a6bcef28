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
        routes.MapGet("/healthz", static () => Results.Text("ok\n")).AddEndpointFilter(QueryCheck.InvokeAsync).AllowAnonymous();
        routes.MapGet("/readyz", ReadyAsync).AddEndpointFilter(QueryCheck.InvokeAsync).AllowAnonymous();
    }

    // Any answer will do: a center that knows nobody answers as well.
    private async Task<IResult> ReadyAsync(CancellationToken cancellationToken)
    {
        await client.GetJobAsync("ready", cancellationToken);
        return Results.Text("ok\n");
    }
}
