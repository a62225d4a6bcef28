using Blaze.Storage.Center;
using Blaze.Storage.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Problems;

/// <summary>Turns every failure, the framework's own as well, into a problem.</summary>
internal sealed partial class ProblemWriter(RequestDelegate next, ILogger<ProblemWriter> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer; the log is not to say that all went well.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            var problem = Of(failure);
            if (problem.Status == StatusCodes.Status500InternalServerError)
                LogFailed(context.Request.Method, context.GetEndpoint()?.DisplayName ?? "no endpoint", failure);
            context.Response.Clear();
            await WriteAsync(context, problem);
            return;
        }

        // A range that cannot be had is told without a body, but with the type of the value.
        if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest
            && (context.Response.ContentType is null || context.Response.StatusCode == StatusCodes.Status416RangeNotSatisfiable))
            await WriteAsync(context, OfStatus(context.Response.StatusCode));
    }

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentLength = null;
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, Problem.ContentType, context.RequestAborted);
    }

    /// <summary>What a request is refused with that the server cannot read. A version of HTTP that it does not speak is the caller's to change as all else is.</summary>
    public static Problem OfUnreadable(BadHttpRequestException bad) =>
        OfStatus(bad.StatusCode < StatusCodes.Status500InternalServerError ? bad.StatusCode : StatusCodes.Status400BadRequest) with { Detail = bad.Message };

    private static Problem Of(Exception failure) => failure switch
    {
        ProblemException known => Problem.Of(known.Kind, known.Message, known.Field),
        BadHttpRequestException bad => OfUnreadable(bad),
        CenterException { Kind: CenterErrorKind.Unavailable } away => Problem.Of(ProblemKind.Unavailable, away.Message),
        CenterException { Kind: CenterErrorKind.Invalid } wrong => Problem.Of(ProblemKind.InvalidParameter, wrong.Message),
        BlazeException known => Problem.Of(ProblemKind.ClusterFailed, known.Message),
        _ => Problem.Of(ProblemKind.Failed),
    };

    private static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problem.Of(ProblemKind.NotFound),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(ProblemKind.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(ProblemKind.BodyTooLarge),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(ProblemKind.WrongContentType, "The body is to be application/json.", "Content-Type"),
        StatusCodes.Status416RangeNotSatisfiable => Problem.Of(ProblemKind.RangeNotSatisfiable),
        >= StatusCodes.Status500InternalServerError => Problem.Of(ProblemKind.Failed) with { Status = status },
        _ => Problem.Of(ProblemKind.InvalidRequest) with { Status = status },
    };

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Method} of {Endpoint} failed")]
    private partial void LogFailed(string method, string endpoint, Exception failure);
}
