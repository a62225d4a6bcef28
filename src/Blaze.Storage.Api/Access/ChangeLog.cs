using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Access;

/// <summary>A line for each change: who, what, which job or key, with what result. It holds nothing that a caller could use to write lines of their own.</summary>
internal sealed partial class ChangeLog(RequestDelegate next, AccessGate gate, ILogger<ChangeLog> logger)
{
    private const int LongestSubject = 200;

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return;
        if (context.User is not Caller caller || context.GetEndpoint() is not RouteEndpoint endpoint)
            return;
        var status = context.Response.StatusCode;
        // Whether anything was changed for a caller who has gone is not known: that is a line as well.
        if (status is < StatusCodes.Status400BadRequest or StatusCodes.Status499ClientClosedRequest)
        {
            var subject = SubjectOf(context);
            LogChanged(caller.Name, request.Method, endpoint.RoutePattern.RawText, subject, status, context.Connection.RemoteIpAddress);
        }
        else
        {
            gate.Refusals.Note(context, status);
        }
    }

    // What was named in the address, or what was made: the last part of where it is.
    private static string SubjectOf(HttpContext context)
    {
        var location = context.Response.Headers.Location.ToString();
        var subject = context.Request.RouteValues.Values.FirstOrDefault() as string ?? location[(location.LastIndexOf('/') + 1)..];
        var shown = subject.Length > LongestSubject ? subject[..LongestSubject] : subject;
        return string.Concat(shown.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@' ? c : '?'));
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "{Who}: {Method} {Route} {Subject}: {Status} from {Address}")]
    private partial void LogChanged(string who, string method, string? route, string subject, int status, System.Net.IPAddress? address);
}
