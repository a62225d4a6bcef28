using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.TestKit.Servers;
using Blaze.Storage.Worker;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Tests.Access;

/// <summary>A server with keys of its own choice on a real center; what it logs is kept.</summary>
internal sealed class AccessWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-access-test-");
    private readonly CancellationTokenSource _stop = new();
    private CenterAddress _center = null!;
    private Task? _worker;
    private BlazeClient _client = null!;
    private ApiServer _server = null!;

    private AccessWorld()
    {
    }

    public Logs Log { get; } = new();

    public BlazeClient Client => _client;

    public Uri Address => _server.Address;

    public string KeyFile => PathOf("keys.json");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A world whose server is not started; keys and files can be put in place.</summary>
    public static AccessWorld New() => new();

    /// <summary>Starts the server.</summary>
    public async Task<AccessWorld> StartAsync(RedisFixture redis, Func<ApiOptions, ApiOptions>? change = null)
    {
        _center = await redis.NewNamespaceAsync(Cancelled);
        _client = await BlazeClient.ConnectAsync(_center, new BlazeClientOptions(), Cancelled);
        var options = new ApiOptions { Listen = new Uri("http://127.0.0.1:0"), Access = new AccessOptions { Keys = File.Exists(KeyFile) ? KeyFile : null } };
        _server = await ApiServer.StartAsync(_client, change?.Invoke(options) ?? options, Log, Cancelled);
        return this;
    }

    /// <summary>Adds a worker, which reads local files alone.</summary>
    public void StartWorker() => _worker = Task.Run(async () =>
    {
        await using var center = await CenterConnection.ConnectAsync(_center, _stop.Token);
        await new Worker.Worker(center, new ObjectStoreRegistry(new LocalFileStore()), null, new WorkerOptions { Slots = 2, Memory = 64 << 20 }).RunAsync(_stop.Token);
    });

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string NewKey(string name, Scopes scopes, params string[] sources) => ApiKeyFile.Add(KeyFile, name, scopes, sources.Length == 0 ? null : sources);

    public HttpClient Http(string? key = null)
    {
        var http = new HttpClient { BaseAddress = Address };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <summary>Asks about a source.</summary>
    public static Task<HttpResponseMessage> PostJobAsync(HttpClient http, string source) =>
        http.PostAsJsonAsync("/v1/jobs", new { op = "HIST", sources = new[] { source } }, Cancelled);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_client is not null)
            await _client.DisposeAsync();
        await _stop.CancelAsync();
        if (_worker is not null)
            await _worker;
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Keeps log lines.</summary>
    public sealed class Logs : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<(int Id, string Text)> _lines = [];

        public Changes Changes { get; } = new();

        public IReadOnlyList<(int Id, string Text)> Lines => [.. _lines];

        public IReadOnlyList<string> Of(int id) => [.. Lines.Where(line => line.Id == id).Select(line => line.Text)];

        public void AddProvider(ILoggerProvider provider)
        {
        }

        // As the command line has it: the framework's own lines, one for each request and more, are left out.
        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Microsoft.", StringComparison.Ordinal) ? new Framework(this) : this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));
            Changes.Tell();
        }

        public void Dispose()
        {
        }

        private sealed class Framework(Logs logs) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                    logs.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
