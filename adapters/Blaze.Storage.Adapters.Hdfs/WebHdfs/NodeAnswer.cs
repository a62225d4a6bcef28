using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Blaze.Storage.Core.Timing;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>A node's answer: its head, and a body that is read under the idle limit.</summary>
internal sealed class NodeAnswer(HttpResponseMessage response, Uri address, IdleTimer timer) : IDisposable
{
    private Stream? _body;

    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The address asked, for its host: its query may hold secrets.</summary>
    public Uri Address => address;

    public bool IsRedirect => Status == HttpStatusCode.TemporaryRedirect;

    /// <summary>Where a redirect leads, or null.</summary>
    public Uri? Location => response.Headers.NonValidated.TryGetValues("Location", out var values)
        && Uri.TryCreate(address, values.ToString(), out var location) ? location : null;

    /// <summary>How long the node asks to be left alone, where it says so in seconds.</summary>
    public TimeSpan? RetryAfter => response.Headers.RetryAfter?.Delta;

    /// <summary>Reads some of the body; 0 at its end.</summary>
    /// <exception cref="NodeException">It broke off or stood still.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            _body ??= await response.Content.ReadAsStreamAsync(timer.Token).ConfigureAwait(false);
            var read = await _body.ReadAsync(buffer, timer.Token).ConfigureAwait(false);
            timer.Restart();
            return read;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            throw NodeException.Of(failure, timer);
        }
    }

    /// <summary>The body as JSON; null where it is none of this shape.</summary>
    /// <exception cref="NodeException">As <see cref="ReadAsync"/>.</exception>
    public async Task<T?> ReadJsonAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            text.Write(buffer, 0, read);
        try
        {
            return JsonSerializer.Deserialize(text.GetBuffer().AsSpan(0, (int)text.Length), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        response.Dispose();
        timer.Dispose();
    }
}
