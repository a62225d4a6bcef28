using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>A real receiver of OTLP over HTTP that keeps what programs tell.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly WebApplication _server;
    private readonly Lock _lock = new();
    private readonly List<Span> _spans = [];
    private readonly Dictionary<string, Series> _series = [];
    private TaskCompletionSource _news = New();

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>What a program has to find in its environment to tell this receiver, soon.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", 250.ToString(CultureInfo.InvariantCulture)),
        ("OTEL_BSP_SCHEDULE_DELAY", 100.ToString(CultureInfo.InvariantCulture)),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(server);
        server.MapPost("/v1/traces", async (HttpRequest request) => receiver.Take(await BodyAsync(request), receiver.TakeSpans));
        server.MapPost("/v1/metrics", async (HttpRequest request) => receiver.Take(await BodyAsync(request), receiver.TakeSeries));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits until what was received is enough, and gives it.</summary>
    public async Task<(IReadOnlyList<Span> Spans, IReadOnlyList<Series> Series)> WaitAsync(Func<IReadOnlyList<Span>, IReadOnlyList<Series>, bool> isEnough)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            Task news;
            lock (_lock)
            {
                Span[] spans = [.. _spans];
                Series[] series = [.. _series.Values];
                if (isEnough(spans, series))
                    return (spans, series);
                Assert.False(deadline.IsCancellationRequested, $"Received until the deadline: {string.Join("; ", spans.Select(span => span.Name).Distinct())}\n{string.Join("\n", series.AsEnumerable())}");
                news = _news.Task;
            }

            await news.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private IResult Take(byte[] body, Action<byte[]> take)
    {
        lock (_lock)
        {
            take(body);
            _news.TrySetResult();
            _news = New();
        }

        return Results.Bytes([], "application/x-protobuf");
    }

    private void TakeSpans(byte[] body) => _spans.AddRange(Otlp.Spans(body));

    private void TakeSeries(byte[] body)
    {
        foreach (var series in Otlp.Metrics(body))
            _series[$"{series.Name} {string.Join(',', series.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))}"] = series;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
