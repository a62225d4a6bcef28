using Blaze.Storage.Core.Timing;
using Blaze.Storage.Transfer;
using Blaze.Storage.Worker.Data;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Worker.Peers;

// GET and HEAD of a value.
internal sealed partial class PeerHandler
{
    // The server copies a window into its own buffers; this much stays in a core's cache while it does.
    private const int Window = 256 << 10;

    private async Task GetAsync(HttpContext context, string key)
    {
        using var lease = store.Open(key);
        if (lease is null)
        {
            await Missing(context, key).ConfigureAwait(false);
            return;
        }

        var request = context.Request.Headers;
        var response = context.Response;
        Describe(response, lease.Format, lease.Length, lease.Checksum);
        string tag = response.Headers.ETag!;
        response.Headers.AcceptRanges = "bytes";
        if (request.IfMatch.Count > 0 && !Names(request.IfMatch, tag))
        {
            await Answers.Problem(context, StatusCodes.Status412PreconditionFailed, $"'{key}' is another value by now.").ConfigureAwait(false);
            return;
        }

        if (request.IfNoneMatch.Count > 0 && Names(request.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var isGet = HttpMethods.IsGet(context.Request.Method);
        var asked = isGet && (request.IfRange.Count == 0 || request.IfRange == tag) ? request.Range : default;
        var kind = RangeHeader.Read(asked, lease.Length, out var start, out var length);
        if (kind == RangeKind.Unsatisfiable)
        {
            response.Headers.ContentRange = $"bytes */{lease.Length}";
            await Answers.Problem(context, StatusCodes.Status416RangeNotSatisfiable, $"'{key}' has {lease.Length} bytes.").ConfigureAwait(false);
            return;
        }

        if (kind == RangeKind.Part)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {start}-{start + length - 1}/{lease.Length}";
        }

        response.ContentLength = length;
        if (isGet)
            await SendAsync(context, lease, start, length).ConfigureAwait(false);
    }

    private async Task SendAsync(HttpContext context, ValueLease lease, long start, long length)
    {
        using var timer = new IdleTimer(options.IdleLimit, options.TimeProvider, context.RequestAborted);
        try
        {
            if (lease.File is not null)
                await SendFileAsync(context.Response, lease.File, start, length, timer).ConfigureAwait(false);
            else
                await SendMemoryAsync(context.Response, lease, start, length, timer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            context.Abort();
        }
    }

    private static async Task SendMemoryAsync(HttpResponse response, ValueLease lease, long start, long length, IdleTimer timer)
    {
        foreach (var piece in lease.Value.Bytes.Slice(start, length))
        {
            for (var rest = piece; rest.Length > 0; rest = rest[Math.Min(rest.Length, Window)..])
            {
                timer.Restart();
                await response.Body.WriteAsync(rest[..Math.Min(rest.Length, Window)], timer.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task SendFileAsync(HttpResponse response, string file, long start, long length, IdleTimer timer)
    {
        using var handle = File.OpenHandle(file, options: FileOptions.Asynchronous);
        using var buffer = store.Pool.Rent(Math.Min(length, Window));
        while (length > 0)
        {
            timer.Restart();
            var window = buffer.From(0, length);
            var read = await RandomAccess.ReadAsync(handle, window, start, timer.Token).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException($"The file of a value ends {length} bytes early.");
            await response.Body.WriteAsync(window[..read], timer.Token).ConfigureAwait(false);
            start += read;
            length -= read;
        }
    }

    private static bool Names(Microsoft.Extensions.Primitives.StringValues header, string tag) =>
        header.ToString().Split(',').Any(part => part.Trim() is var named && (named == "*" || named == tag));
}
