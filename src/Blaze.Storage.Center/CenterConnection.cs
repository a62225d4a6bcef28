using System.Globalization;
using System.Security.Authentication;
using Blaze.Storage.Center.Jobs;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Results;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Center.Workers;
using StackExchange.Redis;

namespace Blaze.Storage.Center;

/// <summary>
/// A connection to the center, safe for use from any thread. It comes back by itself after the server was away; calls made
/// meanwhile fail with <see cref="CenterErrorKind.Unavailable"/> and may be made again.
/// </summary>
public sealed class CenterConnection : IAsyncDisposable
{
    /// <summary>The version of the protocol (keys, scripts, numbers) this library speaks.</summary>
    public const int ProtocolVersion = 3;

    private const int ReconnectMilliseconds = 500;
    private readonly ConnectionMultiplexer _multiplexer;

    private CenterConnection(ConnectionMultiplexer multiplexer, CenterAddress address, CenterServer server, ShardKeys keys)
    {
        _multiplexer = multiplexer;
        Server = server;
        Address = address;
        Tasks = new TaskTable(server, keys);
        Jobs = new JobTable(server, keys);
        Sessions = new SessionTable(server, keys);
        Workers = new WorkerTable(server, keys);
        Values = new CenterValues(server, new ValueKeys(address.Namespace));
    }

    /// <summary>Where the center is.</summary>
    public CenterAddress Address { get; }

    /// <summary>The task table.</summary>
    public TaskTable Tasks { get; }

    /// <summary>The jobs.</summary>
    public JobTable Jobs { get; }

    /// <summary>The sessions, and the values of tasks.</summary>
    public SessionTable Sessions { get; }

    /// <summary>The workers.</summary>
    public WorkerTable Workers { get; }

    /// <summary>The small values.</summary>
    public CenterValues Values { get; }

    internal CenterServer Server { get; }

    /// <summary>
    /// Raised when tasks became ready, with the worker that is to take a single one at once, or null for all that have room. A hint: it may be
    /// missed, and it comes on a thread of the connection.
    /// </summary>
    public event Action<string?>? ReadyAnnounced;

    /// <summary>Raised with a job's id when it ended. A hint: it may be missed.</summary>
    public event Action<string>? JobEnded;

    /// <summary>Raised with a job's id when it was cancelled. A hint: it may be missed.</summary>
    public event Action<string>? JobCancelled;

    /// <summary>Connects, and records or checks the version of the protocol.</summary>
    /// <exception cref="CenterException">Unreachable, wrong password, another protocol version, or a server without Lua.</exception>
    public static Task<CenterConnection> ConnectAsync(CenterAddress address, CancellationToken cancellationToken) =>
        ConnectAsync(address, new CenterOptions(), cancellationToken);

    /// <inheritdoc cref="ConnectAsync(CenterAddress, CancellationToken)"/>
    public static async Task<CenterConnection> ConnectAsync(CenterAddress address, CenterOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        var multiplexer = await OpenAsync(address, options, cancellationToken);
        try
        {
            var server = new CenterServer(multiplexer, address, options);
            var keys = new ShardKeys(address.Namespace, shard: 0);
            await CheckProtocolAsync(server, keys, address, cancellationToken);
            var connection = new CenterConnection(multiplexer, address, server, keys);
            await connection.SubscribeAsync(keys, options, cancellationToken);
            return connection;
        }
        catch
        {
            // Without this, disposing waits in vain for an answer as long as for any other.
            await multiplexer.CloseAsync(allowCommandsToComplete: false);
            multiplexer.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connection; calls under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        await _multiplexer.CloseAsync(allowCommandsToComplete: false);
        _multiplexer.Dispose();
    }

    private static async Task<ConnectionMultiplexer> OpenAsync(CenterAddress address, CenterOptions options, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationOptions
        {
            EndPoints = { { address.Host, address.Port } },
            Password = address.Password,
            Ssl = address.UseTls,
            SslHost = address.UseTls ? address.Host : null,
            ClientName = "blaze",
            AbortOnConnectFail = true,
            ConnectTimeout = (int)options.AnswerTimeout.TotalMilliseconds,
            SyncTimeout = (int)options.AnswerTimeout.TotalMilliseconds,
            ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds),
            // No key of the library's own, and no channel: one server is the center.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        if (address.UseTls)
        {
            // The library's own choice still has versions that nobody should speak.
            configuration.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            if (CenterTls.Check(address) is { } check)
                configuration.CertificateValidation += check;
        }

        await ServerGreeting.CheckAsync(address, options.AnswerTimeout, options.Time, cancellationToken);
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (CenterErrors.Translate(exception, address) is { } translated)
        {
            throw translated;
        }
    }

    private static async Task CheckProtocolAsync(CenterServer server, ShardKeys keys, CenterAddress address, CancellationToken cancellationToken)
    {
        RedisResult[] reply;
        try
        {
            var version = ProtocolVersion.ToString(CultureInfo.InvariantCulture);
            reply = await server.EvaluateAsync(CenterScripts.OpenCenter, [keys.Meta], [version], cancellationToken);
        }
        catch (CenterException exception) when (exception.Kind == CenterErrorKind.Server)
        {
            throw new CenterException(
                CenterErrorKind.Unsupported,
                $"The server at {address} runs no Lua scripts, so it cannot be a center; use Redis 7, Valkey, or Garnet started with --lua.",
                exception);
        }

        if ((ScriptStatus)(int)reply[0] == ScriptStatus.ProtocolMismatch)
        {
            throw new CenterException(
                CenterErrorKind.ProtocolMismatch,
                $"The namespace at {address} speaks version {(string?)reply[1]} of the protocol and this program version {ProtocolVersion}; use another namespace or the matching program.");
        }
    }

    // A number, and perhaps the worker behind it.
    private static string? WorkerIn(string message) => message.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? message[(space + 1)..] : null;

    private async Task SubscribeAsync(ShardKeys keys, CenterOptions options, CancellationToken cancellationToken)
    {
        var subscriber = _multiplexer.GetSubscriber();
        try
        {
            await Task.WhenAll(
                subscriber.SubscribeAsync(keys.ReadyChannel, (_, count) => ReadyAnnounced?.Invoke(WorkerIn(count.ToString()))),
                subscriber.SubscribeAsync(keys.EndedChannel, (_, job) => JobEnded?.Invoke(job.ToString())),
                subscriber.SubscribeAsync(keys.CancelledChannel, (_, job) => JobCancelled?.Invoke(job.ToString())))
                .WaitAsync(options.AnswerTimeout, options.Time, cancellationToken);
        }
        catch (Exception exception) when (CenterErrors.Translate(exception, Address) is { } translated)
        {
            throw translated;
        }
    }
}
