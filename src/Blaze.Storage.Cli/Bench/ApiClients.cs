using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Bench;

/// <summary>Clients of a REST endpoint, which ask the same small question again and again and wait for the answer.</summary>
/// <param name="address">The endpoint.</param>
/// <param name="source">The file the question is about.</param>
/// <param name="cancellationToken">Ends it all.</param>
internal sealed class ApiClients(Uri address, string source, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>How many there are.</summary>
    public const int Count = 200;

    private readonly Uri _jobs = new(address, "/v1/jobs");
    private readonly byte[] _question = Encoding.UTF8.GetBytes($$"""{"op":"HIST","sources":["{{source}}"]}""");

    // The clients share the processors with what they measure, so they leave out what is not needed to ask.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = Count,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    public void Dispose() => _http.Dispose();

    /// <summary>Asks as fast as the answers come.</summary>
    /// <param name="jobs">How many times in all.</param>
    /// <returns>How long each took, in milliseconds.</returns>
    public Task<List<double>> AskAsFastAsPossibleAsync(int jobs)
    {
        var left = jobs;
        return EachAsync(async (_, taken) =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var started = Stopwatch.GetTimestamp();
                await AskAsync();
                taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        });
    }

    /// <summary>Asks at a steady rate, each client on a schedule of its own that no slow answer puts off.</summary>
    /// <param name="jobs">How many times in all, rounded down to a number for each client.</param>
    /// <param name="perSecond">The rate of all clients together.</param>
    /// <returns>How long after the moment it was due each was answered, in milliseconds.</returns>
    public Task<List<double>> AskSteadilyAsync(int jobs, int perSecond)
    {
        var start = Stopwatch.GetTimestamp();
        return EachAsync(async (client, taken) =>
        {
            for (var round = 0; round < jobs / Count; round++)
            {
                var due = TimeSpan.FromSeconds((client + ((double)round * Count)) / perSecond);
                while (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } early)
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), TimeProvider.System, cancellationToken);
                await AskAsync();
                taken.Add((Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds);
            }
        });
    }

    private static async Task<List<double>> EachAsync(Func<int, List<double>, Task> ask)
    {
        var all = new ConcurrentBag<List<double>>();
        await Task.WhenAll(Enumerable.Range(0, Count).Select(async client =>
        {
            var own = new List<double>();
            await ask(client, own);
            all.Add(own);
        }));
        return [.. all.SelectMany(own => own)];
    }

    private async Task AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _jobs) { Content = new ByteArrayContent(_question) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Prefer", "wait=30");
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted || answer.AsSpan().IndexOf("\"state\":\"done\""u8) < 0)
            throw new ClusterException($"A job was answered with {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
    }
}
