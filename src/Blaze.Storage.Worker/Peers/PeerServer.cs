using System.Net;
using Blaze.Storage.Core;
using Blaze.Storage.Worker.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Peers;

/// <summary>Gives a worker's values to other workers, and takes values from them, over HTTP/1.1; docs/values.md describes it.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    // What may lie between a value and the socket: enough that neither waits for the other, little enough to stay in the cache.
    private const int WriteAhead = 1 << 20;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(1);
    private readonly WebApplication _application;

    private readonly PeerHandler _handler;

    private PeerServer(WebApplication application, PeerHandler handler, Uri address)
    {
        _application = application;
        _handler = handler;
        Address = address;
        AnswerAt(address);
    }

    /// <summary>Where the server listens; on all interfaces, this is the loopback's.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="BlazeException">It cannot listen there.</exception>
    public static async Task<PeerServer> StartAsync(DataStore store, PeerServerOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = WriteAhead);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, TransportMemory>();

        // The process's signals are its owner's business: this server ends when it is disposed of.
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowAlternateSchemes = false;
            kestrel.Limits.MaxRequestBodySize = options.LargestValue ?? store.MemoryLimit;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        var handler = new PeerHandler(store, options, logger);
        application.Run(handler.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new BlazeException($"The worker cannot listen on {new IPEndPoint(options.Address, options.Port)}: {exception.Message.TrimEnd('.')}; choose another address or port.", exception);
        }

        var features = ((IApplicationBuilder)application).ServerFeatures;
        return new PeerServer(application, handler, AddressOf(features.Get<IServerAddressesFeature>()!, options.Address));
    }

    /// <summary>Lets peers in that were told of another address of this worker than <see cref="Address"/>.</summary>
    public void AnswerAt(Uri address) => _handler.AnswerAt(address);

    /// <summary>Stops listening; requests under way have a second to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static Uri AddressOf(IServerAddressesFeature addresses, IPAddress listened)
    {
        var bound = new Uri(addresses.Addresses.First());
        var isAny = listened.Equals(IPAddress.Any) || listened.Equals(IPAddress.IPv6Any);
        return isAny ? new UriBuilder(bound) { Host = IPAddress.Loopback.ToString() }.Uri : bound;
    }

    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
