using System.Diagnostics;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.TestKit.Servers;
using StackExchange.Redis;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>One center, one worker and one folder of bad files for all the tests that take milliseconds; started by the first of them.</summary>
public sealed class BadWorld : IAsyncDisposable
{
    /// <summary>The name of the tests that share one; they run one after the other.</summary>
    public const string Sharing = "Bad inputs";

    private static readonly TimeSpan IdleDeadline = TimeSpan.FromSeconds(10);
    private static readonly string[] WithJson = ["hist", "ent", "diff", "stat", "jobs", "job", "cancel", "workers", "keys"];

    private readonly RedisFixture _redis = new();
    private readonly SemaphoreSlim _gate = new(1);
    private BadFiles? _files;
    private Caches? _caches;
    private EmbeddedWorker? _worker;
    private ConnectionMultiplexer? _server;
    private CenterAddress? _address;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Runs a command line, also with <c>--json</c> where there is such an option, and fails unless each time it is refused with one
    /// sentence and nothing is left running.
    /// </summary>
    /// <param name="line">The command line; <c>{…}</c> stands for what a line of text cannot hold.</param>
    /// <param name="exitCode">The only right exit code.</param>
    /// <param name="words">What the sentence must hold, separated by <c>|</c>.</param>
    internal async Task AssertRefusedAsync(string line, int exitCode, string words)
    {
        (await RunAsync(line)).AssertRefused(exitCode, words);
        if (WithJson.Contains(line.Split(' ')[0]))
            (await RunAsync(line.Insert(line.IndexOf(' ', StringComparison.Ordinal) + 1, "--json "))).AssertRefused(exitCode, words);
        await AssertIdleAsync();
    }

    /// <summary>Runs a command line on the shared center, unless the line names another.</summary>
    internal async Task<CommandOutcome> RunAsync(string line)
    {
        await StartAsync();
        var arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Fill).ToList();
        if (!arguments.Contains("--center"))
            arguments.InsertRange(1, ["--center", _address!.ToUriWithPassword()]);
        return await CommandRunner.RunAsync(_files!.Folder, [.. arguments]);
    }

    /// <summary>Fails unless no job runs and no task is leased. A task of a job that has failed already may take a moment to hear of it.</summary>
    internal async Task AssertIdleAsync()
    {
        var jobs = await CommandRunner.RunAsync("/", "jobs", "--json", "--center", _address!.ToUriWithPassword());
        Assert.DoesNotContain("\"state\":\"running\"", jobs.Results, StringComparison.Ordinal);
        var leased = (RedisKey)$"blaze:{{{_address.Namespace}/0}}:leased";
        var started = Stopwatch.GetTimestamp();
        while (await _server!.GetDatabase().SortedSetLengthAsync(leased) > 0)
            Assert.True(Stopwatch.GetElapsedTime(started) < IdleDeadline, "A task is still leased.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        if (_caches is not null)
            await _caches.DisposeAsync();
        if (_server is not null)
            await _server.CloseAsync(allowCommandsToComplete: false);
        _files?.Dispose();
        await _redis.DisposeAsync();
        _gate.Dispose();
    }

    private async Task StartAsync()
    {
        await _gate.WaitAsync(Token);
        try
        {
            if (_worker is not null)
                return;
            _address = await _redis.NewNamespaceAsync(Token);
            _files = await BadFiles.CreateAsync(Token);
            _caches = Caches.Open(new CacheChoice(LeftOut: true));
            var options = new ConfigurationOptions { EndPoints = { { _address.Host, _address.Port } }, Password = _address.Password };
            _server = await ConnectionMultiplexer.ConnectAsync(options);
            _worker = await EmbeddedWorker.StartAsync(_address, _caches, 2, Token);
        }
        finally
        {
            _gate.Release();
        }
    }

    private string Fill(string argument) => argument
        .Replace("{folder}", _files!.Folder, StringComparison.Ordinal)
        .Replace("{address}", $"{_address!.Host}:{_address.Port}", StringComparison.Ordinal)
        .Replace("{nothing}", "", StringComparison.Ordinal)
        .Replace("{blank}", " ", StringComparison.Ordinal)
        .Replace("{NUL}", "\0", StringComparison.Ordinal)
        .Replace("{newline}", "\n", StringComparison.Ordinal)
        .Replace("{escape}", "\e[31m", StringComparison.Ordinal)
        .Replace("{surrogate}", "\ud800", StringComparison.Ordinal)
        .Replace("{broken}", "\ufffd", StringComparison.Ordinal)
        .Replace("{300}", new string('x', 300), StringComparison.Ordinal)
        .Replace("{5000}", string.Join('/', Enumerable.Repeat(new string('x', 99), 50)), StringComparison.Ordinal);
}

[CollectionDefinition(BadWorld.Sharing)]
public sealed class SharingBadWorld : ICollectionFixture<BadWorld>;
