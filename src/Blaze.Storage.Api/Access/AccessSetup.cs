using Blaze.Storage.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Blaze.Storage.Api.Access;

/// <summary>Puts a gate before the endpoints.</summary>
internal static class AccessSetup
{
    /// <summary>Adds what finds out who calls, and a policy for each scope. What asks for no scope and does not say that anybody may is for nobody.</summary>
    public static void AddAccess(this IServiceCollection services, AccessGate gate)
    {
        services.AddSingleton(gate);
        services.AddTransient<KeyAuthentication>();
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<KeyAuthentication>(KeyAuthentication.Scheme, null);
            options.DefaultScheme = KeyAuthentication.Scheme;
        });
        services.AddAuthorization(options =>
        {
            AddPolicy(options, ScopeExtensions.Submit, Scopes.Submit);
            AddPolicy(options, ScopeExtensions.Read, Scopes.Read);
            AddPolicy(options, ScopeExtensions.Admin, Scopes.Admin);
            options.FallbackPolicy = options.GetPolicy(ScopeExtensions.Read);
        });
    }

    /// <summary>Logs changes; before everything else, so that what comes of a request is known.</summary>
    public static void UseChangeLog(this WebApplication web) => web.UseMiddleware<ChangeLog>();

    /// <summary>Lets nobody pass whom the endpoint is not for; behind what turns failures into problems.</summary>
    public static void UseAccess(this WebApplication web, ApiOptions options)
    {
        web.UseMiddleware<BrowserGuard>(options.Listen.Host);
        web.UseRouting();
        web.UseAuthentication();
        web.UseAuthorization();
    }

    /// <summary>Lets callers at what is theirs only.</summary>
    public static void AddOwnership(this RouteGroupBuilder routes, BlazeClient client) => routes.AddEndpointFilter(new Ownership(client).InvokeAsync);

    /// <summary>Listens with TLS where there is a certificate: then HTTP/2 as well, which is agreed upon by it.</summary>
    public static void UseCertificate(this ListenOptions listen, AccessGate gate)
    {
        listen.Protocols = gate.Certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
        if (gate.Certificate is not { } certificate)
            return;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new System.Net.Security.SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
        });
    }

    private static void AddPolicy(AuthorizationOptions options, string name, Scopes scope) =>
        options.AddPolicy(name, policy => policy.RequireAssertion(context => context.User is Caller caller && caller.Has(scope)));
}
