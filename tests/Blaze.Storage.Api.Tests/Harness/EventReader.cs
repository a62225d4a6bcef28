using System.Text.Json.Nodes;

namespace Blaze.Storage.Api.Tests.Harness;

/// <summary>An event as a browser would hand it out.</summary>
internal sealed record ServerEvent(string Name, string Id, JsonNode Data);

/// <summary>Reads server-sent events.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    /// <summary>The comments so far.</summary>
    public List<string> Comments { get; } = [];

    public static async Task<EventReader> OpenAsync(HttpClient http, object? job, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{job}/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        return new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<ServerEvent?> NextAsync(bool untilComment = false)
    {
        var fields = new Dictionary<string, string>();
        while (await _lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(':'))
            {
                Comments.Add(line[1..].Trim());
                if (untilComment)
                    return null;
            }
            else if (line.Length > 0)
            {
                var parts = line.Split(": ", 2);
                fields[parts[0]] = parts[1];
            }
            else if (fields.TryGetValue("data", out var data))
            {
                return new ServerEvent(fields["event"], fields["id"], JsonNode.Parse(data)!);
            }
        }

        return null;
    }

    public async Task<List<ServerEvent>> AllAsync()
    {
        var all = new List<ServerEvent>();
        while (await NextAsync() is { } next)
            all.Add(next);
        return all;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
