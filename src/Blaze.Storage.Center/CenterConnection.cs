using System.Globalization;
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
/// A connection to the center, safe for use from any thread. It comes back by itself after the server was away or nothing was heard of it
/// for <see cref="CenterOptions.AnswerTimeout"/>; calls made meanwhile wait for it, fail with <see cref="CenterErrorKind.Unavailable"/> after that time, and may be made again.
/// </summary>
public sealed class CenterConnection : IAsyncDisposable
{
    /// <summary>The version of the protocol (keys, scripts, numbers) this library speaks.</summary>
    public const int ProtocolVersion = 3;

    private readonly CenterLink _link;

    private CenterConnection(CenterLink link, CenterAddress address, CenterServer server, ShardKeys keys)
    {
        _link = link;
        Server = server;
        Address = address;
        Tasks = new TaskTable(server, keys);
        Jobs = new JobTable(server, keys);
        Sessions = new SessionTable(server, keys);
        Workers = new WorkerTable(server, keys);
        Demands = new DemandTable(server, keys);
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

    /// <summary>What tasks ask of their workers' resources.</summary>
    public DemandTable Demands { get; }

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
        var link = await CenterLink.OpenAsync(address, options, cancellationToken);
        try
        {
            var server = new CenterServer(link, address, options);
            var keys = new ShardKeys(address.Namespace, shard: 0);
            await CheckProtocolAsync(server, keys, address, cancellationToken);
            var connection = new CenterConnection(link, address, server, keys);
            await connection.SubscribeAsync(keys, cancellationToken);
            return connection;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the connection; calls under way fail.</summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

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

    private Task SubscribeAsync(ShardKeys keys, CancellationToken cancellationToken) => Task.WhenAll(
        Server.SubscribeAsync(keys.ReadyChannel, count => ReadyAnnounced?.Invoke(WorkerIn(count.ToString())), cancellationToken),
        Server.SubscribeAsync(keys.EndedChannel, job => JobEnded?.Invoke(job.ToString()), cancellationToken),
        Server.SubscribeAsync(keys.CancelledChannel, job => JobCancelled?.Invoke(job.ToString()), cancellationToken));
}
