using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>One node: an HTTP server on a port of its own.</summary>
internal sealed class WebHdfsNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _application;

    private WebHdfsNode(string name, IPAddress address, WebApplication application)
    {
        Name = name;
        Address = address;
        _application = application;
    }

    public string Name { get; }

    public IPAddress Address { get; }

    public int Port { get; private set; }

    public string Authority => $"{Address}:{Port}";

    public bool IsRunning => !_stop.IsCancellationRequested;

    public static async Task<WebHdfsNode> StartAsync(
        string name, IPAddress address, WebHdfsServerOptions options, Func<WebHdfsNode, HttpContext, Task> answer, Func<WebHdfsRequest, WebHdfsFault?> fault)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
            server.Listen(address, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate is { } certificate)
                    listen.UseHttps(certificate);
            });
        });
        if (options.Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        var node = new WebHdfsNode(name, address, application);
        application.Run(context => node.HandleAsync(context, answer, fault));
        await application.StartAsync(CancellationToken.None);
        node.Port = new Uri(application.Urls.First()).Port;
        return node;
    }

    /// <summary>Refuses connections from now on, and ends those there are.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _application.StopAsync(new CancellationToken(canceled: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await StopAsync();
        await _application.DisposeAsync();
        _stop.Dispose();
    }

    public static string PathOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var path = Uri.UnescapeDataString(target["/webhdfs/v1".Length..]);
        return path.Length > 1 ? path.TrimEnd('/') : "/";
    }

    public static string Query(HttpContext context, string name) =>
        context.Request.Query.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.ToString();

    private async Task HandleAsync(HttpContext context, Func<WebHdfsNode, HttpContext, Task> answer, Func<WebHdfsRequest, WebHdfsFault?> fault)
    {
        if (!context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.StartsWith("/webhdfs/v1", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var request = new WebHdfsRequest(Name, Query(context, "op").ToUpperInvariant(), PathOf(context), context.Request.QueryString.Value ?? "");
        var happening = fault(request);
        context.Items["request"] = request;
        context.Items["fault"] = happening;
        try
        {
            if (happening is { BodyBytes: null })
                await SufferAsync(context, happening);
            if (happening is null or { BodyBytes: not null } or { LosesAnswer: true })
                await answer(this, context);
            if (happening is { LosesAnswer: true })
                context.Abort();
        }
        catch (HadoopException refusal)
        {
            await RefuseAsync(context, refusal);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        catch (Exception failure) when (failure is IOException or Microsoft.AspNetCore.Http.BadHttpRequestException or ConnectionAbortedException)
        {
            // The client has gone.
            context.Abort();
        }
    }

    private async Task SufferAsync(HttpContext context, WebHdfsFault fault)
    {
        if (fault.Exception is { } refusal)
            throw refusal;
        if (fault.StatusCode is { } status)
            context.Response.StatusCode = status;
        if (fault.IsReset)
            context.Abort();
        if (fault.Stalls)
            await StallAsync(context);
    }

    /// <summary>Lasts until the client has gone or the node stops.</summary>
    public async Task StallAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var client = context.RequestAborted.Register(() => gone.TrySetResult());
        await using var stop = _stop.Token.Register(() => gone.TrySetResult());
        await gone.Task;
    }

    private static async Task RefuseAsync(HttpContext context, HadoopException refusal)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(refusal.Json.ToJsonString(), Encoding.UTF8, context.RequestAborted);
    }
}
