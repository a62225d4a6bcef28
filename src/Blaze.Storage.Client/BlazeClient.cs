using System.Runtime.CompilerServices;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Workers;
using Blaze.Storage.Client.Following;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Client.Telemetry;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Workers;

namespace Blaze.Storage.Client;

/// <summary>
/// The way into a cluster: asks questions about files where they lie and follows the answers. Safe for use from any thread.
/// All calls fail with <see cref="BlazeException"/>, most of them <see cref="CenterException"/>, or are cancelled.
/// </summary>
public sealed partial class BlazeClient : IAsyncDisposable
{
    private const int MostKeys = 10_000;

    private readonly CenterConnection _center;
    private readonly CenterView _view;
    private readonly BlazeClientOptions _options;
    private readonly RemoteValues _values;
    private readonly FutureSession _futures;
    private readonly CallFactory _calls;

    private BlazeClient(CenterConnection center, BlazeClientOptions options)
    {
        _center = center;
        _options = options;
        _view = new CenterView(center);
        _values = new RemoteValues(center, options.ClusterKey, options.TimeProvider);
        _futures = new FutureSession(center, _values, options.TimeProvider, options.AwayDeadline);
        _calls = new CallFactory(_futures, options.ClusterKey);
    }

    /// <summary>Connects to a cluster's center.</summary>
    /// <exception cref="CenterException">Unreachable, wrong password, another protocol version, or a server without Lua.</exception>
    public static async Task<BlazeClient> ConnectAsync(
        CenterAddress address, BlazeClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new BlazeClientOptions();
        if (options.MaxUpdatesPerSecond is < 1 or > 1000)
            throw new BlazeException($"{options.MaxUpdatesPerSecond} updates a second are not possible: use 1 to 1000.");
        return new BlazeClient(await CenterConnection.ConnectAsync(address, cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Connects to a cluster's center.</summary>
    /// <param name="address">redis://[:password@]host:port/namespace, or rediss:// for TLS.</param>
    /// <param name="options">How jobs and futures are followed.</param>
    /// <inheritdoc cref="ConnectAsync(CenterAddress, BlazeClientOptions, CancellationToken)"/>
    public static Task<BlazeClient> ConnectAsync(string address, BlazeClientOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(CenterAddress.Parse(address), options, cancellationToken);

    /// <summary>A job by its id, to be followed; whether there is one is found out then.</summary>
    public Job Attach(string jobId)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        return new Job(jobId, _view, _options, submitted: null);
    }

    /// <summary>Cancels a job: false when it had ended or is unknown.</summary>
    public Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken = default) => _view.CancelAsync(jobId, cancellationToken);

    /// <summary>The workers heard of within the last minute, by name.</summary>
    public async Task<IReadOnlyList<WorkerInfo>> WorkersAsync(CancellationToken cancellationToken = default)
    {
        var records = await _center.Workers.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. records.Select(WorkerOf)];
    }

    /// <summary>The keys of the chunks in the center's cache that begin with a prefix, at most 10,000.</summary>
    /// <param name="prefix">At least an operation's token, for example <c>HIST</c>.</param>
    public async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var key in await _center.Values.KeysAsync(prefix, MostKeys, cancellationToken).ConfigureAwait(false))
            yield return key;
    }

    /// <summary>Lets go of all futures, of which those that are pending end as cancelled, and closes the connection; jobs go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _futures.DisposeAsync().ConfigureAwait(false);
        _values.Dispose();
        await _center.DisposeAsync().ConfigureAwait(false);
    }

    internal static WorkerInfo WorkerOf(WorkerRecord record)
    {
        var about = WorkerDescription.Parse(record.Info);
        return new WorkerInfo(record.Name, about.Host, about.Pid, about.Slots, about.Running, record.LastSeen)
        {
            Operations = about.Operations ?? [],
            Cores = about.Cores,
            Memory = about.Memory,
            MemoryLimit = about.MemoryLimit,
            Stuck = about.Stuck,
            Values = about.Values,
            Spilled = about.Spilled,
            Resources = ResourceAmounts.OfUnchecked(about.Resources),
            FreeResources = ResourceAmounts.OfUnchecked(about.Free),
            Address = about.PeerAddress,
        };
    }
}
