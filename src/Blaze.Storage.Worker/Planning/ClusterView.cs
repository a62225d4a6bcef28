using Blaze.Storage.Center;
using Blaze.Storage.Core.Planning;
using Blaze.Storage.Core.Workers;

namespace Blaze.Storage.Worker.Planning;

/// <summary>Who works in the cluster, looked up at most once a second however many plans ask.</summary>
internal sealed class ClusterView(CenterConnection center, CenterRetry retry, WorkerOptions options)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private volatile Looked? _last;

    /// <summary>The hosts with workers, this worker's included even if the center has not heard of it yet.</summary>
    public async Task<LiveHosts> HostsAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && options.TimeProvider.GetElapsedTime(last.At) < Fresh)
            return last.Hosts;
        var workers = await retry.RunAsync(center.Workers.ListAsync, cancellationToken);
        var described = workers.Select(worker => WorkerDescription.Parse(worker.Info)).ToList();
        if (described.All(worker => worker.Host != options.Host))
            described.Add(new WorkerDescription(options.Host, Environment.ProcessId, options.Slots, 0, 0, options.HostNames));
        var hosts = LiveHosts.Of(described);
        _last = new Looked(options.TimeProvider.GetTimestamp(), hosts);
        return hosts;
    }

    private sealed record Looked(long At, LiveHosts Hosts);
}
