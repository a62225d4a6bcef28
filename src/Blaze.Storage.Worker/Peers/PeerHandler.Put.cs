using System.Globalization;
using Blaze.Storage.Core.Timing;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer;
using Blaze.Storage.Transfer.Buffers;
using Blaze.Storage.Worker.Data;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Worker.Peers;

// PUT of a value.
internal sealed partial class PeerHandler
{
    private async Task PutAsync(HttpContext context, string key)
    {
        if (context.Request.ContentLength is not { } length)
        {
            await Answers.Problem(context, StatusCodes.Status411LengthRequired, "A value needs a Content-Length.").ConfigureAwait(false);
            return;
        }

        var largest = Math.Min(options.LargestValue ?? long.MaxValue, store.MemoryLimit);
        if (length > largest)
        {
            await Answers.Problem(context, StatusCodes.Status413PayloadTooLarge, $"A value of {length} bytes is too large here; the largest is {largest}.").ConfigureAwait(false);
            return;
        }

        using var reservation = await ReserveAsync(length, context.RequestAborted).ConfigureAwait(false);
        if (reservation is null)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(options.RoomWait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Answers.Problem(context, StatusCodes.Status503ServiceUnavailable, $"This worker has no memory for {length} bytes now.").ConfigureAwait(false);
            return;
        }

        await TakeAsync(context, key, length, reservation).ConfigureAwait(false);
    }

    private async Task<Reservation?> ReserveAsync(long length, CancellationToken cancellationToken)
    {
        using var timer = new IdleTimer(options.RoomWait, options.TimeProvider, cancellationToken);
        try
        {
            return await store.ReserveAsync(length, timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.HasExpired)
        {
            return null;
        }
    }

    private async Task TakeAsync(HttpContext context, string key, long length, Reservation reservation)
    {
        var buffer = store.Pool.Rent(length);
        var isTaken = false;
        try
        {
            var checksum = await ReceiveAsync(context, buffer).ConfigureAwait(false);
            if (Digest.Read(context.Request.Headers[Digest.HeaderName]) is { } expected && expected != checksum)
            {
                await Answers.Problem(context, StatusCodes.Status400BadRequest, "The value was damaged on its way: its checksum does not fit.").ConfigureAwait(false);
                return;
            }

            var format = ValueFormat.OfMediaType(context.Request.ContentType);
            var isNew = store.Set(key, new Value(format, buffer.Bytes), buffer, reservation, checksum);
            isTaken = true;
            context.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
            context.Response.Headers.ETag = Digest.EntityTagOf(format, length, checksum);
        }
        finally
        {
            if (!isTaken)
                buffer.Dispose();
        }
    }

    private async Task<uint> ReceiveAsync(HttpContext context, PooledBuffer buffer)
    {
        using var timer = new IdleTimer(options.IdleLimit, options.TimeProvider, context.RequestAborted);
        var checksum = 0u;
        try
        {
            for (var offset = 0L; offset < buffer.Length;)
            {
                timer.Restart();
                var target = buffer.From(offset, Window);
                var read = await context.Request.Body.ReadAsync(target, timer.Token).ConfigureAwait(false);
                if (read == 0)
                    throw new EndOfStreamException($"A value ended {buffer.Length - offset} bytes early.");
                checksum = Crc32C.Append(checksum, target.Span[..read]);
                offset += read;
            }
        }
        catch (OperationCanceledException exception) when (timer.HasExpired)
        {
            throw new IOException("A value stopped coming.", exception);
        }

        return checksum;
    }
}
