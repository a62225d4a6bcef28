using System.Net.ServerSentEvents;

namespace Blaze.Storage.SystemTests.Rest;

/// <summary>A client that follows a job at one server and, when that is gone, goes on at another one.</summary>
internal sealed class FollowedJob
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The events, in the order in which they came.</summary>
    public List<SseItem<string>> Events { get; } = [];

    /// <summary>How many of the events the first server told.</summary>
    public int ToldByTheFirst { get; private set; }

    /// <summary>Ends with the first event.</summary>
    public Task Told => _told.Task;

    /// <summary>Follows a job to its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="first">Asks the server that goes away.</param>
    /// <param name="second">Asks the one that stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FollowAsync(Uri job, HttpClient first, HttpClient second, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(job, first, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or HttpRequestException)
        {
            // That is what is to happen.
        }

        ToldByTheFirst = Events.Count;
        await ReadAsync(job, second, cancellationToken);
    }

    private async Task ReadAsync(Uri job, HttpClient http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{job}/events");
        if (Events.Count > 0)
            request.Headers.Add("Last-Event-ID", Events[^1].EventId);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
        {
            Events.Add(item);
            _told.TrySetResult();
        }
    }
}
