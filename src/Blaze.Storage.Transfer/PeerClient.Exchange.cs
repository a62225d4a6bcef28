using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Blaze.Storage.Core.Timing;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Transfer;

public sealed partial class PeerClient
{
    /// <summary>One request and its answer, and what their failures mean.</summary>
    private sealed class Exchange(PeerClient client, Uri peer, string key, CancellationToken cancellationToken) : IDisposable
    {
        // Read at once and checksummed while it is still in the core's own cache.
        private const int Window = 256 << 10;

        public IdleTimer Timer { get; } = new(client._options.IdleLimit, client._options.TimeProvider, cancellationToken);

        public async Task<T> RunAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read)
        {
            request.Headers.Authorization = client._options.Token.HeaderFor(peer);
            try
            {
                Timer.Restart();
                using var response = await client._http.SendAsync(request, Timer.Token).ConfigureAwait(false);
                Timer.Restart();
                if (!response.IsSuccessStatusCode)
                    throw Failed(response.StatusCode);
                return await read(response, Timer.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw Unavailable(Timer.HasExpired ? "it stopped answering" : "it did not answer in time", exception);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
            {
                throw Unavailable((exception.InnerException ?? exception).Message.TrimEnd('.'), exception);
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                throw Corrupt("the answer is not what a worker sends", exception);
            }
        }

        public async Task<PeerValue> ReadValueAsync(HttpResponseMessage response, CancellationToken cancel)
        {
            var length = LengthOf(response);
            var expected = Digest.Read(response.Headers.TryGetValues(Digest.HeaderName, out var digests) ? string.Join(",", digests) : null);
            if (expected is null)
                throw Corrupt("the answer has no checksum");
            var buffer = client._pool.Rent(length);
            var isDone = false;
            try
            {
                var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
                var checksum = 0u;
                for (var offset = 0L; offset < length;)
                {
                    Timer.Restart();
                    var target = buffer.From(offset, Window);
                    var read = await body.ReadAsync(target, cancel).ConfigureAwait(false);
                    if (read == 0)
                        throw Unavailable($"the answer ended {length - offset} bytes early");
                    checksum = Crc32C.Append(checksum, target.Span[..read]);
                    offset += read;
                }

                if (response.StatusCode == HttpStatusCode.OK && checksum != expected)
                    throw Corrupt("its checksum does not fit");
                isDone = true;
                return new PeerValue(buffer, ValueFormat.OfMediaType(response.Content.Headers.ContentType?.ToString()), checksum);
            }
            finally
            {
                if (!isDone)
                    buffer.Dispose();
            }
        }

        public void Dispose() => Timer.Dispose();

        // What was asked for and what is answered must be the same bytes.
        private long LengthOf(HttpResponseMessage response)
        {
            var content = response.Content.Headers;
            if (content.ContentLength is not { } length)
                throw Corrupt("the answer has no length");
            if (response.RequestMessage?.Headers.Range?.Ranges.Single() is not { } asked)
                return length;
            return content.ContentRange is { } given && given.From == asked.From && given.To == asked.To && length == asked.To - asked.From + 1
                ? length
                : throw new PeerException(PeerErrorKind.Refused, $"'{key}' at {peer.Authority} has no bytes {asked}; it has {content.ContentRange?.Length}.");
        }

        private PeerException Failed(HttpStatusCode status) => status switch
        {
            HttpStatusCode.NotFound => new PeerException(PeerErrorKind.ValueMissing, $"The worker at {peer.Authority} does not hold '{key}'."),
            HttpStatusCode.Unauthorized => new PeerException(PeerErrorKind.Refused, $"The worker at {peer.Authority} does not accept the cluster key of this process; start all workers and clients of the cluster with the same key, or all without one."),
            >= HttpStatusCode.InternalServerError => Unavailable($"it answered {(int)status}"),
            _ => new PeerException(PeerErrorKind.Refused, $"The worker at {peer.Authority} refuses '{key}': it answered {(int)status}."),
        };

        private PeerException Unavailable(string problem, Exception? cause = null) =>
            new(PeerErrorKind.Unavailable, $"The worker at {peer.Authority} cannot be asked for '{key}' now: {problem}.", cause);

        private PeerException Corrupt(string problem, Exception? cause = null) =>
            new(PeerErrorKind.Corrupt, $"What the worker at {peer.Authority} sent as '{key}' is damaged: {problem}.", cause);
    }
}
