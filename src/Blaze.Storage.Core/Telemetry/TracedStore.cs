using System.Diagnostics;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Core.Telemetry;

/// <summary>A store whose opening and reading are part of the traces of the tasks that do it. Put around a store only where traces are wanted.</summary>
/// <param name="store">The store.</param>
public sealed class TracedStore(IObjectStore store) : ForwardingStore(store)
{
    /// <inheritdoc/>
    public override async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        using var span = Begin("open", uri, Scheme);
        try
        {
            return new TracedReader(await base.OpenAsync(uri, ifMatch, cancellationToken), Scheme);
        }
        catch (Exception problem)
        {
            Fail(span, problem);
            throw;
        }
    }

    internal static Activity? Begin(string what, ResourceUri uri, string scheme)
    {
        // A read outside of any trace is none of its own: there would be nothing to see it in.
        if (Activity.Current is null || BlazeTelemetry.Traces.StartActivity(what, ActivityKind.Client) is not { } span)
            return null;
        span.SetTag("blaze.store", scheme);
        span.SetTag("blaze.resource", uri.Display);
        return span;
    }

    internal static void Fail(Activity? span, Exception problem)
    {
        if (span is null)
            return;
        span.SetTag("error.type", (problem as ObjectStoreException)?.Kind.ToString() ?? problem.GetType().Name);
        span.SetStatus(ActivityStatusCode.Error);
    }
}
