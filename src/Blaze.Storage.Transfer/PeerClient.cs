using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Transfer.Buffers;

namespace Blaze.Storage.Transfer;

/// <summary>
/// Gets values from other workers and gives them theirs. Connections are kept for the next transfer. Nothing is repeated here. Every
/// failure is a <see cref="PeerException"/> whose kind says what can be done. Thread-safe.
/// </summary>
public sealed partial class PeerClient : IDisposable
{
    private readonly PeerClientOptions _options;
    private readonly BufferPool _pool;
    private readonly HttpMessageInvoker _http;

    /// <summary>Creates a client; nothing is connected yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="pool">Where buffers for values come from.</param>
    public PeerClient(PeerClientOptions options, BufferPool pool)
    {
        _options = options;
        _pool = pool;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectLimit,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Gets a value, whose length and checksum are verified.</summary>
    /// <param name="peer">The worker's address.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public Task<PeerValue> GetAsync(Uri peer, string key, CancellationToken cancellationToken) => GetAsync(peer, key, null, cancellationToken);

    /// <summary>Gets a part of a value, whose length is verified; the part must lie in the value.</summary>
    /// <param name="peer">The worker's address.</param>
    /// <param name="key">The key.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="length">The number of bytes; at least 1.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public Task<PeerValue> GetRangeAsync(Uri peer, string key, long start, long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return GetAsync(peer, key, new RangeHeaderValue(start, start + length - 1), cancellationToken);
    }

    /// <summary>Gives a worker a value, instead of the one it had under the key.</summary>
    /// <param name="peer">The worker's address.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="checksum">The CRC-32C of its bytes, where it is known.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public async Task PutAsync(Uri peer, string key, Value value, uint? checksum, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(this, peer, key, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, DataPath.Of(peer, key)) { Content = new ValueContent(value, exchange.Timer) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ValueFormat.MediaTypeOf(value.Format));
        request.Headers.Add(Digest.HeaderName, Digest.HeaderOf(checksum ?? Crc32C.Of(value.Bytes)));

        // A worker that will not take a large value says so before it is sent.
        request.Headers.ExpectContinue = value.Length >= ValueContent.Large;
        await exchange.RunAsync(request, static (_, _) => Task.FromResult(true)).ConfigureAwait(false);
    }

    /// <summary>Whether a worker holds a value.</summary>
    public async Task<bool> ContainsAsync(Uri peer, string key, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(this, peer, key, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Head, DataPath.Of(peer, key));
        return await FoundAsync(exchange, request).ConfigureAwait(false);
    }

    /// <summary>Has a worker delete a value.</summary>
    /// <returns>Whether it had one.</returns>
    public async Task<bool> DeleteAsync(Uri peer, string key, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(this, peer, key, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Delete, DataPath.Of(peer, key));
        return await FoundAsync(exchange, request).ConfigureAwait(false);
    }

    /// <summary>Lists values a worker holds, in the ordinal order of their keys.</summary>
    /// <param name="peer">The worker's address.</param>
    /// <param name="prefix">How the keys begin; empty for all.</param>
    /// <param name="after">The key after which to begin, or null.</param>
    /// <param name="limit">The most values; 1 … 10,000.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    public async Task<ValuePage> ListAsync(Uri peer, string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(this, peer, prefix + "…", cancellationToken);
        var query = $"?limit={limit}&prefix={Uri.EscapeDataString(prefix)}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, DataPath.Raw(peer, DataPath.List + query));
        return await exchange.RunAsync(request, ReadPageAsync).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<bool> FoundAsync(Exchange exchange, HttpRequestMessage request)
    {
        try
        {
            return await exchange.RunAsync(request, static (_, _) => Task.FromResult(true)).ConfigureAwait(false);
        }
        catch (PeerException failure) when (failure.Kind == PeerErrorKind.ValueMissing)
        {
            return false;
        }
    }

    private async Task<PeerValue> GetAsync(Uri peer, string key, RangeHeaderValue? range, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(this, peer, key, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, DataPath.Of(peer, key));
        request.Headers.Range = range;
        return await exchange.RunAsync(request, exchange.ReadValueAsync).ConfigureAwait(false);
    }

    private static async Task<ValuePage> ReadPageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var page = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
        var values =
            from value in page.RootElement.GetProperty("values").EnumerateArray()
            select new ValueInfo(
                value.GetProperty("key").GetString()!,
                value.GetProperty("format").GetString()!,
                value.GetProperty("bytes").GetInt64(),
                value.GetProperty("in_memory").GetBoolean());
        return new ValuePage([.. values], page.RootElement.GetProperty("next").GetString());
    }
}
