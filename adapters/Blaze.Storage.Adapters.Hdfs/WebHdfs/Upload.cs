using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using Blaze.Storage.Core.Timing;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>Bytes to be written to a file: how many, and where they come from. Each attempt asks for them from the start.</summary>
/// <param name="Length">Their count.</param>
/// <param name="WriteAsync">Writes exactly so many to the first argument.</param>
internal sealed record Upload(long Length, Func<Stream, CancellationToken, Task> WriteAsync)
{
    private const int SliceSize = 256 * 1024;

    public static Upload Of(ReadOnlyMemory<byte> content) => new(content.Length, async (target, cancellationToken) =>
    {
        for (var offset = 0; offset < content.Length; offset += SliceSize)
            await target.WriteAsync(content.Slice(offset, Math.Min(SliceSize, content.Length - offset)), cancellationToken).ConfigureAwait(false);
    });

    public HttpContent ToHttp(IdleTimer timer) => new Body(this, timer);

    private sealed class Body : HttpContent
    {
        private readonly Upload _upload;
        private readonly IdleTimer _timer;

        public Body(Upload upload, IdleTimer timer)
        {
            _upload = upload;
            _timer = timer;
            Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            Headers.ContentLength = upload.Length;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // While the bytes are still to come the other side waits, not this one.
            _timer.Pause();
            await _upload.WriteAsync(new TimedStream(stream, _timer), cancellationToken).ConfigureAwait(false);
            _timer.Restart();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _upload.Length;
            return true;
        }
    }

    /// <summary>Passes writes on; the timer runs while the other side takes its time.</summary>
    private sealed class TimedStream(Stream inner, IdleTimer timer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            timer.Restart();
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            timer.Pause();
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
