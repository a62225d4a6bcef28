using System.Net;
using Blaze.Storage.Core.Timing;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Transfer;

/// <summary>A value as a request's body, written from where it lies.</summary>
internal sealed class ValueContent(Value value, IdleTimer timer) : HttpContent
{
    /// <summary>From here on a body is worth asking for permission first.</summary>
    public const int Large = 1 << 20;

    // A step of the idle timer; the socket takes it without another copy.
    private const int Window = 1 << 20;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var piece in value.Bytes)
        {
            for (var rest = piece; rest.Length > 0; rest = rest[Math.Min(rest.Length, Window)..])
            {
                timer.Restart();
                await stream.WriteAsync(rest[..Math.Min(rest.Length, Window)], cancellationToken).ConfigureAwait(false);
            }
        }

        timer.Restart();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = value.Length;
        return true;
    }
}
