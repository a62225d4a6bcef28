using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Cluster;

/// <summary>Says who is there and what there is to do.</summary>
internal sealed class ClusterEndpoints(BlazeClient client)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workers", (Delegate)WorkersAsync).RequireScope(ScopeExtensions.Read)
            .Describe("listWorkers", "List the workers", "Those heard of within the last minute.")
            .Produces<WorkerListBody>().Shows(null, """{"workers":[]}""").Fails();
        routes.MapGet("/cluster", (Delegate)ClusterAsync).RequireScope(ScopeExtensions.Read)
            .Describe("getCluster", "Look at the cluster", "Slots, memory, rates, share of known bytes, depth and age of the queue: what an autoscaler needs.")
            .Produces<ClusterBody>()
            .Shows(null, """{"workers":2,"slots":4,"busy":4,"memory":0,"memoryLimit":2147483648,"queue":{"ready":17,"running":4,"oldestSeconds":2.5},"rates":{"jobsPerSecond":0.1,"bytesPerSecond":5400000000,"bytesReadPerSecond":5400000000,"cachedShare":0.4}}""")
            .Fails();
    }

    private async Task<IResult> WorkersAsync(CancellationToken cancellationToken) => Results.Json(
        new WorkerListBody([.. (await client.WorkersAsync(cancellationToken)).Select(WorkerBody.Of)]), ApiJson.Default.WorkerListBody);

    private async Task<IResult> ClusterAsync(CancellationToken cancellationToken) =>
        Results.Json(ClusterBody.Of(await client.ClusterAsync(cancellationToken)), ApiJson.Default.ClusterBody);
}
