using System.Diagnostics;
using Blaze.Storage.Core.Telemetry;

namespace Blaze.Storage.Client.Telemetry;

/// <summary>The spans that clients make.</summary>
internal static class Spans
{
    /// <summary>The submission of a job, to which its tasks belong; null where nobody listens.</summary>
    public static Activity? Submit(string job, string operation)
    {
        var span = BlazeTelemetry.Traces.StartActivity("submit", ActivityKind.Producer);
        span?.SetTag("blaze.job", job);
        span?.SetTag("blaze.operation", operation);
        return span;
    }
}
