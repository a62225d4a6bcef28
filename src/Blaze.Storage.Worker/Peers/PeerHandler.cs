using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Worker.Peers;

/// <summary>Answers the requests of peers.</summary>
internal sealed partial class PeerHandler(DataStore store, PeerServerOptions options, ILogger logger)
{
    private const string MethodsOfAValue = "GET, HEAD, PUT, DELETE";
    private const string MethodsOfTheList = "GET, HEAD";
    private const int UsualPage = 1_000;
    private const int LargestPage = 10_000;

    // Requests for other addresses than its own are not this worker's, whatever they carry.
    private volatile Uri[] _addresses = [];

    /// <summary>Lets peers in that were told of an address of this worker.</summary>
    public void AnswerAt(Uri address) => _addresses = [.. _addresses, address];

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Who asked has gone.
        }
        catch (Exception exception) when (exception is IOException or BadHttpRequestException)
        {
            LogBroken(logger, exception.Message);
            context.Abort();
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        string? authorization = context.Request.Headers.Authorization;
        if (!_addresses.Any(address => options.Token.Admits(authorization, address)))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Answers.Problem(context, StatusCodes.Status401Unauthorized, "The request needs this cluster's token.");
        }

        // As it was sent: a server's usual cleaning would change keys.
        var (path, query) = DataPath.Split(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        if (path == DataPath.List)
            return ListAsync(context, query);
        if (!path.StartsWith(DataPath.List + "/", StringComparison.Ordinal))
            return Answers.Problem(context, StatusCodes.Status404NotFound, $"Values are at {DataPath.List}/{{key}}.");
        if (DataPath.Problem(path.AsSpan(DataPath.List.Length + 1), out var key) is { } problem)
            return Answers.Problem(context, StatusCodes.Status400BadRequest, $"The request has no usable key: {problem}.");
        return context.Request.Method switch
        {
            "GET" or "HEAD" => GetAsync(context, key),
            "PUT" => PutAsync(context, key),
            "DELETE" => DeleteAsync(context, key),
            _ => RefuseMethod(context, MethodsOfAValue),
        };
    }

    private Task ListAsync(HttpContext context, string query)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return RefuseMethod(context, MethodsOfTheList);
        var parameters = QueryHelpers.ParseQuery(query);
        var limit = UsualPage;
        if (parameters.TryGetValue("limit", out var text) && (!int.TryParse(text, out limit) || limit is < 1 or > LargestPage))
            return Answers.Problem(context, StatusCodes.Status400BadRequest, $"The limit must be between 1 and {LargestPage}.");
        string? after = parameters.TryGetValue("after", out var key) ? key.ToString() : null;
        return Answers.List(context, store.List(parameters.GetValueOrDefault("prefix").ToString(), after, limit));
    }

    private Task DeleteAsync(HttpContext context, string key)
    {
        if (!store.Delete(key))
            return Missing(context, key);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task Missing(HttpContext context, string key) =>
        Answers.Problem(context, StatusCodes.Status404NotFound, $"This worker does not hold '{key}'.");

    private static Task RefuseMethod(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Answers.Problem(context, StatusCodes.Status405MethodNotAllowed, $"Only {allowed} work here.");
    }

    private static void Describe(HttpResponse response, string format, long length, uint checksum)
    {
        response.ContentType = ValueFormat.MediaTypeOf(format);
        response.Headers.ETag = Digest.EntityTagOf(format, length, checksum);
        response.Headers[Digest.HeaderName] = Digest.HeaderOf(checksum);
    }

    [LoggerMessage(EventId = 2501, Level = LogLevel.Debug, Message = "A transfer with a peer ended early: {Problem}")]
    private static partial void LogBroken(ILogger logger, string problem);
}
