using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Blaze.Storage.Api.Problems;

/// <summary>
/// Answers with a problem what the server refuses before there is a request to hand on: what is no HTTP, has too long a line or too many headers, or comes too slowly. By itself the
/// server answers with a status alone; it tells of that by a diagnostic event before, and leaves an answer alone that has begun by then.
/// </summary>
internal sealed class UnreadableRequests : IObserver<KeyValuePair<string, object?>>
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private UnreadableRequests()
    {
    }

    /// <summary>Listens to a server from now on.</summary>
    public static void Answer(DiagnosticListener server) => server.Subscribe(new UnreadableRequests(), static name => name == Refused);

    public void OnNext(KeyValuePair<string, object?> refusal)
    {
        if (refusal.Value is IFeatureCollection features
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException error
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && MayHaveBody(features))
            Begin(features, response, ProblemWriter.OfUnreadable(error));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    // The streams of HTTP/2 are refused as that protocol has it, without an answer.
    private static bool MayHaveBody(IFeatureCollection features) =>
        features.Get<IHttp2StreamIdFeature>() is null && !HttpMethods.IsHead(features.GetRequiredFeature<IHttpRequestFeature>().Method);

    private static void Begin(IFeatureCollection features, IHttpResponseFeature response, Problem problem)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Default.Problem);
        response.StatusCode = problem.Status;
        response.Headers.Connection = "close";
        response.Headers.ContentType = Problem.ContentType;
        response.Headers.ContentLength = bytes.Length;
        // There is no body to write to before there is a request: the bytes go behind the head, where nobody else writes any more. Nothing here may wait; a caller who reads
        // slowly is waited for when the server closes the connection.
        _ = features.GetRequiredFeature<IHttpResponseBodyFeature>().StartAsync();
        _ = features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.WriteAsync(bytes).AsTask();
    }
}
