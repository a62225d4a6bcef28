using Blaze.Storage.Api;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Client;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Cli.Composition;

/// <summary>The REST endpoint in this process, with a connection of its own to the center, serving until disposed.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private readonly BlazeClient _client;
    private readonly ApiServer _server;

    private RunningApi(BlazeClient client, ApiServer server) => (_client, _server) = (client, server);

    /// <summary>Where it listens.</summary>
    public Uri Address => _server.Address;

    /// <exception cref="Core.BlazeException">There is no center, or the address cannot be listened at.</exception>
    public static async Task<RunningApi> StartAsync(
        CenterAddress center, Caches caches, ApiOptions options, ILoggerFactory? logging, CancellationToken cancellationToken)
    {
        var client = await BlazeClient.ConnectAsync(
            center, new BlazeClientOptions { Durable = caches.Durable, ClusterKey = ClusterKeyVariable.Read() }, cancellationToken);
        try
        {
            return new RunningApi(client, await ApiServer.StartAsync(client, options, logging, cancellationToken));
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _client.DisposeAsync();
    }
}
