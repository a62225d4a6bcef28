using System.Runtime.CompilerServices;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Composition;

/// <summary>
/// The cluster a command asks: the one that was found, or a center and a worker that live and die with the command.
/// </summary>
internal sealed class ClusterSession : ICluster
{
    // After this long a call that has not ended is worth a word.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly BlazeClient _client;
    private readonly Caches _caches;
    private readonly EmbeddedCluster? _embedded;

    private readonly TextWriter _error;

    private ClusterSession(BlazeClient client, Caches caches, EmbeddedCluster? embedded, TextWriter error)
    {
        _error = error;
        _client = client;
        _caches = caches;
        _embedded = embedded;
    }

    /// <summary>Opens the cluster a command line asks for.</summary>
    /// <param name="choice">Which cluster.</param>
    /// <param name="error">Where it is said at the end that a cache could not be used.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Core.BlazeException">There is none and none could be started.</exception>
    public static async Task<ICluster> OpenAsync(ClusterChoice choice, TextWriter error, CancellationToken cancellationToken)
    {
        var located = ClusterLocator.Locate(choice.Center);
        if (located is null && !choice.MayEmbed)
            throw new ClusterException("No cluster is running for this user; start one with `blaze up`, or name a center with --center.");
        var caches = Caches.Open(choice.Caches);
        EmbeddedCluster? embedded = null;
        try
        {
            if (located is null)
                embedded = await EmbeddedCluster.StartAsync(caches, choice.Slots, cancellationToken);
            var options = new BlazeClientOptions { Durable = caches.Durable, ClusterKey = ClusterKeyVariable.Read() };
            var client = await BlazeClient.ConnectAsync(located?.Address ?? embedded!.Address, options, cancellationToken);
            return new ClusterSession(client, caches, embedded, error);
        }
        catch
        {
            await CloseAsync(embedded, caches);
            throw;
        }
    }

    public async Task<string> SubmitAsync(JobSpec spec, CancellationToken cancellationToken) =>
        (await _client.SubmitAsync(spec, 0, cancellationToken)).Id;

    public async IAsyncEnumerable<JobSnapshot> FollowAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var alive = AliveToken(cancellationToken);
        await using var snapshots = _client.Attach(jobId).FollowAsync(alive.Token).GetAsyncEnumerator(alive.Token);
        while (await GuardAsync(snapshots.MoveNextAsync().AsTask(), cancellationToken))
            yield return snapshots.Current;
    }

    public async Task<JobSnapshot> WaitAsync(string jobId, CancellationToken cancellationToken)
    {
        using var alive = AliveToken(cancellationToken);
        return await GuardAsync(_client.Attach(jobId).WaitAsync(alive.Token), cancellationToken);
    }

    public Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken) => _client.CancelAsync(jobId, cancellationToken);

    public Task<JobInfo?> FindJobAsync(string jobId, CancellationToken cancellationToken) => _client.GetJobAsync(jobId, cancellationToken);

    public Task<IReadOnlyList<JobInfo>> JobsAsync(CancellationToken cancellationToken) => _client.ListJobsAsync(cancellationToken: cancellationToken);

    public Task<IReadOnlyList<WorkerInfo>> WorkersAsync(CancellationToken cancellationToken) => _client.WorkersAsync(cancellationToken);

    public async Task<object?> CallAsync(string operation, IReadOnlyList<object?> arguments, ResourceAmounts resources, Action<string> note, CancellationToken cancellationToken)
    {
        using var alive = AliveToken(cancellationToken);
        using var future = _client.SubmitNamed<object?>(operation, new CallOptions { Resources = resources.Items.ToDictionary() }, [.. arguments]);
        var value = future.ResultAsync(alive.Token);
        if (await Task.WhenAny(value, Task.Delay(Patience, TimeProvider.System, alive.Token)) != value && !alive.IsCancellationRequested)
        {
            if (await _client.WhyWaitingAsync(future, alive.Token) is { } why)
                note($"{why}; the call waits for one that does (see `blaze worker --ops` and `--resource`).");
        }

        return await GuardAsync(value, cancellationToken);
    }

    public IAsyncEnumerable<string> KeysAsync(string prefix, CancellationToken cancellationToken) => _client.KeysAsync(prefix, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await CloseAsync(_embedded, _caches);
        if (_caches.Problem is { } problem)
            await _error.WriteLineAsync(Sentence.Of(problem.Message));
    }

    private static async ValueTask CloseAsync(EmbeddedCluster? embedded, Caches caches)
    {
        if (embedded is not null)
            await embedded.DisposeAsync();
        await caches.DisposeAsync();
    }

    private CancellationTokenSource AliveToken(CancellationToken cancellationToken) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _embedded?.Ended ?? CancellationToken.None);

    // A wait that ends because the embedded cluster did says so, instead of passing for the user's own wish.
    private async Task<T> GuardAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception failure) when (failure is OperationCanceledException or CenterException && !cancellationToken.IsCancellationRequested && _embedded is { Ended.IsCancellationRequested: true })
        {
            throw await _embedded.EndAsync();
        }
    }
}
