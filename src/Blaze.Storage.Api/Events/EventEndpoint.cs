using System.IO.Pipelines;
using System.Buffers;
using System.Text;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Graphs;
using Blaze.Storage.Api.Jobs;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Client.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Blaze.Storage.Api.Events;

/// <summary>
/// Tells what happens to a job while it happens, as server-sent events: <c>progress</c>, <c>partial</c> with an estimate of the whole, and <c>done</c>, the last. What comes faster
/// than a reader reads is left out; each event says all that is known.
/// </summary>
internal sealed class EventEndpoint(JobReader jobs, GraphReader graphs, JobStreams streams, IHostApplicationLifetime life)
{
    private const string LastEventId = "Last-Event-ID";
    private static readonly byte[] Greeting = "retry: 1000\n\n"u8.ToArray();
    private static readonly byte[] Alive = ": alive\n\n"u8.ToArray();

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/jobs/{id}/events", (Delegate)FollowAsync).RequireScope(ScopeExtensions.Read)
            .Describe("followJob", "Follow a job", "Server-sent events, at most ten of a kind a second: `progress`, `partial` with an estimate of the whole, and `done`, the last. Any server of the cluster goes on behind `Last-Event-ID`; behind the last event there is nothing (204). The events of a graph of calls say how many of them have ended.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").Produces(StatusCodes.Status204NoContent)
            .TakesHeader(LastEventId, "The id of the last event that was read.", EventPosition.End)
            .Fails(ProblemKind.NoSuchJob, ProblemKind.InvalidHeader, ProblemKind.TooManyStreams);

    private async Task FollowAsync(HttpContext context, string id)
    {
        var position = PositionOf(context.Request, out var isAtEnd);
        if (SharedTable.IsGraph(id))
            await graphs.GetAsync(context, id);
        else
            await jobs.GetAsync(id, context.RequestAborted);
        if (isAtEnd)
        {
            // This tells a reader not to connect again.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var caller = Caller.Of(context).Name;
        var stream = streams.Open(id, caller);
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
            await TellAsync(context, stream, position, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left, or the server stops; either way there is nobody to tell.
        }
        finally
        {
            await streams.CloseAsync(stream, id, caller);
        }
    }

    private async Task TellAsync(HttpContext context, JobStream stream, EventPosition position, CancellationToken cancellationToken)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var body = context.Response.BodyWriter;
        body.Write(Greeting);
        await body.FlushAsync(cancellationToken);
        string? notice = null;
        for (var beat = streams.Beat; ;)
        {
            var (moment, isOver, changed) = stream.Look();
            var hasNews = moment is not null && WriteNews(body, moment, ref position, ref notice);
            if (!hasNews && beat != streams.Beat)
            {
                body.Write(Alive);
                hasNews = true;
            }

            beat = streams.Beat;
            if (hasNews)
                await body.FlushAsync(cancellationToken);
            if (moment?.Done is not null || isOver)
                return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private static bool WriteNews(PipeWriter body, JobMoment moment, ref EventPosition position, ref string? notice)
    {
        if (moment.Done is { } done)
        {
            Write(body, "done", EventPosition.End, done);
            return true;
        }

        var before = position;
        if (moment.Position.Revision > position.Revision)
        {
            position = position with { Revision = moment.Position.Revision };
            Write(body, "progress", position.ToString(), moment.Progress);
        }

        if (moment.Partial is { } partial && moment.Position.Feed > position.Feed)
        {
            position = position with { Feed = moment.Position.Feed };
            Write(body, "partial", position.ToString(), partial);
        }

        if (moment.Notice is null || moment.Notice == notice)
            return position != before;
        notice = moment.Notice;
        Append(body, $": {notice}\n\n");
        return true;
    }

    private static void Write(PipeWriter body, string name, string id, byte[] data)
    {
        Append(body, $"id: {id}\nevent: {name}\ndata: ");
        body.Write(data);
        body.Write("\n\n"u8);
    }

    private static void Append(PipeWriter body, string text) => Encoding.UTF8.GetBytes(text, body);

    private static EventPosition PositionOf(HttpRequest request, out bool isAtEnd)
    {
        var id = request.Headers[LastEventId];
        isAtEnd = id is [EventPosition.End];
        if (id.Count == 0 || isAtEnd || id is [""])
            return default;
        return id is [{ } text] && EventPosition.TryParse(text, out var position)
            ? position
            : throw new ProblemException(ProblemKind.InvalidHeader, $"'{id}' is the id of no event.", LastEventId);
    }
}
