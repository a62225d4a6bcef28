using System.Diagnostics.Metrics;
using Blaze.Storage.Core.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Access;

/// <summary>Counts requests that were refused, and logs them: the first at once, then one line in ten seconds, however many there are.</summary>
internal sealed partial class Refusals(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly Counter<long> Refused = BlazeTelemetry.Metrics.CreateCounter<long>("blaze.api.refused", "{request}", "Requests that were refused, by status.");

    private long _logged;
    private long _unlogged;

    /// <summary>Notes a refused request, once, whoever refuses it first.</summary>
    public void Note(HttpContext context, int status)
    {
        if (!context.Items.TryAdd(typeof(Refusals), null))
            return;
        Refused.Add(1, new KeyValuePair<string, object?>("status", status));
        var count = Interlocked.Increment(ref _unlogged);
        var last = Interlocked.Read(ref _logged);
        var now = Math.Max(1, time.GetTimestamp());
        if ((last != 0 && time.GetElapsedTime(last, now) < Pause) || Interlocked.CompareExchange(ref _logged, now, last) != last)
            return;
        Interlocked.Add(ref _unlogged, -count);
        // Nothing of the request itself is shown: it may be anything, a key in the wrong place as well.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no endpoint";
        LogRefused(logger, count, status, route, (context.User as Caller)?.Name ?? "nobody", context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
    }

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "Refused {Count} requests since the last such line; the last one: {Status}, {Route}, by {Who} from {Address}")]
    private static partial void LogRefused(ILogger logger, long count, int status, string route, string who, string address);
}
