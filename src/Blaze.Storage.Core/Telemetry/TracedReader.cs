using System.Diagnostics;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Core.Telemetry;

/// <summary>A reader that makes a span of each read.</summary>
internal sealed class TracedReader(IRangeReader reader, string scheme) : IRangeReader
{
    public ResourceInfo Info => reader.Info;

    public int ReadSize => reader.ReadSize;

    public long RemoteBytes => reader.RemoteBytes;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var span = Begin(offset);
        try
        {
            return Done(span, await reader.ReadAsync(offset, buffer, cancellationToken));
        }
        catch (Exception problem)
        {
            TracedStore.Fail(span, problem);
            throw;
        }
    }

    public int Read(long offset, Span<byte> buffer)
    {
        using var span = Begin(offset);
        try
        {
            return Done(span, reader.Read(offset, buffer));
        }
        catch (Exception problem)
        {
            TracedStore.Fail(span, problem);
            throw;
        }
    }

    public ValueTask VerifyAsync(CancellationToken cancellationToken) => reader.VerifyAsync(cancellationToken);

    public void Verify() => reader.Verify();

    public void Dispose() => reader.Dispose();

    private Activity? Begin(long offset)
    {
        var span = TracedStore.Begin("read", Info.Uri, scheme);
        span?.SetTag("blaze.offset", offset);
        return span;
    }

    private static int Done(Activity? span, int bytes)
    {
        span?.SetTag("blaze.bytes", bytes);
        return bytes;
    }
}
