using System.Diagnostics;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Core.Telemetry;

/// <summary>A store whose opening and reading are part of the traces of the tasks that do it. Put around a store only where traces are wanted.</summary>
/// <param name="store">The store.</param>
public sealed class TracedStore(IObjectStore store) : ILinkedStore
{
    /// <inheritdoc/>
    public string Scheme => store.Scheme;

    /// <inheritdoc/>
    public bool IsAtConfiguredEndpoint(ResourceUri uri) => store.IsAtConfiguredEndpoint(uri);

    /// <summary>As the store around which this is; Unsupported where it knows no links.</summary>
    /// <inheritdoc/>
    public ResourceUri RealLocation(ResourceUri uri, string? ifMatch) => store is ILinkedStore links ? links.RealLocation(uri, ifMatch)
        : throw new ObjectStoreException(ObjectStoreErrorKind.Unsupported, $"'{uri.Display}' cannot be traced to where it really lies; name it at a store that can.", Scheme, uri);

    /// <inheritdoc/>
    public async Task<IRangeReader> OpenAsync(ResourceUri uri, string? ifMatch, CancellationToken cancellationToken)
    {
        using var span = Begin("open", uri, Scheme);
        try
        {
            return new TracedReader(await store.OpenAsync(uri, ifMatch, cancellationToken), Scheme);
        }
        catch (Exception problem)
        {
            Fail(span, problem);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ResourceInfo> StatAsync(ResourceUri uri, CancellationToken cancellationToken) => store.StatAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAsync(ResourceUri prefix, ListFilter? filter, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, filter, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ResourceInfo> ListAfterAsync(ResourceUri prefix, ListFilter? filter, ResourceUri after, CancellationToken cancellationToken) =>
        store.ListAfterAsync(prefix, filter, after, cancellationToken);

    /// <inheritdoc/>
    public Task<ResourceInfo> PutAsync(ResourceUri uri, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        store.PutAsync(uri, content, mode, cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> OpenMultipartAsync(ResourceUri uri, PutMode mode, CancellationToken cancellationToken) =>
        store.OpenMultipartAsync(uri, mode, cancellationToken);

    /// <inheritdoc/>
    public Task<IMultipartUpload> ResumeMultipartAsync(ResourceUri uri, string id, PutMode mode, CancellationToken cancellationToken) =>
        store.ResumeMultipartAsync(uri, id, mode, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ResourceUri uri, CancellationToken cancellationToken) => store.DeleteAsync(uri, cancellationToken);

    /// <inheritdoc/>
    public Task CopyIfAbsentAsync(ResourceUri source, ResourceUri target, CancellationToken cancellationToken) =>
        store.CopyIfAbsentAsync(source, target, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LocatedRange>> LocationsAsync(ResourceUri uri, ByteRange range, CancellationToken cancellationToken) =>
        store.LocationsAsync(uri, range, cancellationToken);

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
