using System.Diagnostics;
using System.Net;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Answers;
using Blaze.Storage.Api.Cluster;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Events;
using Blaze.Storage.Api.Graphs;
using Blaze.Storage.Api.Health;
using Blaze.Storage.Api.Jobs;
using Blaze.Storage.Api.Keys;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Api.Telemetry;
using Blaze.Storage.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Blaze.Storage.Api;

/// <summary>
/// The REST endpoint of a cluster. It keeps nothing that another one does not know, so any number of them may serve the same cluster, and any of
/// them answers any request.
/// </summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly QueueMetrics _metrics;

    private ApiServer(WebApplication web, QueueMetrics metrics)
    {
        _web = web;
        _metrics = metrics;
    }

    /// <summary>Where it listens, with the port it got.</summary>
    public Uri Address => new(_web.Urls.First());

    /// <summary>Starts to listen.</summary>
    /// <param name="client">The cluster; stays the caller's to dispose.</param>
    /// <param name="options">Where to listen, and limits.</param>
    /// <param name="logging">Takes its messages, or null.</param>
    /// <exception cref="ApiException">The address cannot be listened at.</exception>
    public static async Task<ApiServer> StartAsync(
        BlazeClient client, ApiOptions options, ILoggerFactory? logging = null, CancellationToken cancellationToken = default)
    {
        var web = Build(client, options, logging);
        try
        {
            await web.StartAsync(cancellationToken);
            return new ApiServer(web, new QueueMetrics(client, options.TimeProvider));
        }
        catch (IOException problem)
        {
            await web.DisposeAsync();
            throw new ApiException($"{options.Listen} cannot be listened at: {problem.Message.TrimEnd('.')}; use another port.", problem);
        }
    }

    /// <summary>Stops listening, lets requests under way finish for a moment, and ends event streams.</summary>
    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private static WebApplication Build(BlazeClient client, ApiOptions options, ILoggerFactory? logging)
    {
        var gate = new AccessGate(options, logging ?? NullLoggerFactory.Instance);
        // Nothing is read from the environment or from files: everything that counts is in the options.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            var address = IPAddress.TryParse(options.Listen.Host.Trim('[', ']'), out var parsed) ? parsed : null;
            if (address is not null)
                kestrel.Listen(address, options.Listen.Port, listen => listen.UseCertificate(gate));
            else
                kestrel.ListenLocalhost(options.Listen.Port, listen => listen.UseCertificate(gate));
        });
        builder.Services.AddRouting();
        builder.Services.AddDocument();
        builder.Services.AddSingleton(options.TimeProvider);
        builder.Services.AddSingleton(new JobStreams(client, options));
        if (logging is not null)
            builder.Services.AddSingleton(logging);
        builder.Services.AddAccess(gate);
        var web = builder.Build();
        UnreadableRequests.Answer(web.Services.GetRequiredService<DiagnosticListener>());
        web.UseChangeLog();
        web.UseMiddleware<ProblemWriter>();
        web.UseAccess(options);
        Map(web, client, options);
        return web;
    }

    private static void Map(WebApplication web, BlazeClient client, ApiOptions options)
    {
        new HealthEndpoints(client).Map(web);
        web.MapDocument();
        var v1 = web.MapGroup("/v1");
        v1.AddEndpointFilter(QueryCheck.InvokeAsync);
        v1.AddOwnership(client);
        var jobs = new JobReader(client, options.TimeProvider);
        new JobEndpoints(client, jobs, options).Map(v1);
        var graphs = new GraphReader(client, options.TimeProvider);
        new ResultEndpoint(jobs, graphs).Map(v1);
        new GraphEndpoints(client, graphs, options).Map(v1);
        new KeyEndpoints(client, options).Map(v1);
        new ClusterEndpoints(client).Map(v1);
        new EventEndpoint(jobs, graphs, web.Services.GetRequiredService<JobStreams>(), web.Lifetime).Map(v1);
    }
}
