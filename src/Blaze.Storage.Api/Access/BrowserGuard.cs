using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Blaze.Storage.Api.Access;

/// <summary>
/// Keeps pages of other sites, in the browser of somebody who may use this server, from using it. Two ways there are: a page that asks here directly, which its browser
/// tells by <c>Origin</c> or <c>Sec-Fetch-Site</c>; and a page whose own name leads here by now (DNS rebinding), which <c>Host</c> tells. Programs send none of the former.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, AccessGate gate, string listenHost)
{
    private readonly StringSegment[] _hosts = ["localhost", "127.0.0.1", "[::1]", listenHost];

    public Task InvokeAsync(HttpContext context)
    {
        // With keys, nobody gets in without one, and no browser adds it by itself.
        if (gate.Keys is null && !HostString.MatchesAny(context.Request.Host.Host, _hosts))
            return Refuse(context, AccessProblems.ForeignHost, "The header Host names another host than this server.", "Host");
        return IsForeign(context.Request, out var header)
            ? Refuse(context, AccessProblems.ForeignOrigin, $"The header {header} says that a page of another site makes the request.", header)
            : next(context);
    }

    private static bool IsForeign(HttpRequest request, out string header)
    {
        header = "Origin";
        if (request.Headers.Origin.Count > 0)
            return request.Headers.Origin != $"{request.Scheme}://{request.Host}";
        header = "Sec-Fetch-Site";
        // A link that somebody follows shows them a page, and the other site learns nothing of it.
        return request.Headers["Sec-Fetch-Site"] is [not ("same-origin" or "none")]
            && !(request.Headers["Sec-Fetch-Mode"] == "navigate" && HttpMethods.IsGet(request.Method));
    }

    private Task Refuse(HttpContext context, ProblemKind kind, string detail, string header)
    {
        gate.Refusals.Note(context, kind.Status);
        return ProblemWriter.WriteAsync(context, Problem.Of(kind, detail, header));
    }
}
