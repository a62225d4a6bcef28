using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;

namespace Blaze.Storage.Api.Cluster;

/// <summary>A cluster at one moment: what an autoscaler needs.</summary>
/// <param name="Workers">How many workers there are.</param>
/// <param name="Slots">How many tasks they compute at once.</param>
/// <param name="Busy">How many they compute now.</param>
/// <param name="Memory">The bytes of memory that the values they hold take.</param>
/// <param name="MemoryLimit">How many they may take.</param>
/// <param name="Queue">What waits.</param>
/// <param name="Rates">What jobs did that ended within the last minute.</param>
internal sealed record ClusterBody(int Workers, int Slots, int Busy, long Memory, long MemoryLimit, QueueBody Queue, RatesBody Rates)
{
    public static ClusterBody Of(ClusterState cluster) => new(
        cluster.Workers.Count,
        cluster.Workers.Sum(worker => worker.Slots),
        cluster.Workers.Sum(worker => worker.Tasks),
        cluster.Workers.Sum(worker => worker.Memory),
        cluster.Workers.Sum(worker => worker.MemoryLimit),
        new QueueBody(cluster.Ready, cluster.Running, cluster.OldestReady?.TotalSeconds ?? 0),
        new RatesBody(
            cluster.Recent.Jobs / cluster.Recent.Seconds,
            (cluster.Recent.Bytes.Cached + cluster.Recent.Bytes.Computed) / cluster.Recent.Seconds,
            cluster.Recent.Bytes.Read / cluster.Recent.Seconds,
            cluster.Recent.CachedShare));
}

/// <summary>What waits.</summary>
/// <param name="Ready">How many tasks are ready.</param>
/// <param name="Running">How many tasks workers hold.</param>
/// <param name="OldestSeconds">How long somebody has waited for what is ready: the oldest job that has tasks at the head of the queue since it was submitted, a call since it was first seen waiting; 0 where nothing is ready.</param>
internal sealed record QueueBody(long Ready, long Running, double OldestSeconds);

/// <summary>What jobs did that ended within the last minute, of the newest 200.</summary>
/// <param name="JobsPerSecond">How many ended in a second.</param>
/// <param name="BytesPerSecond">How many bytes they answered for in a second.</param>
/// <param name="BytesReadPerSecond">How many bytes of sources were read for them in a second.</param>
/// <param name="CachedShare">The share of their bytes whose values were known before, 0 … 1; absent where there were none.</param>
internal sealed record RatesBody(double JobsPerSecond, double BytesPerSecond, double BytesReadPerSecond, double? CachedShare = null);

/// <summary>The workers.</summary>
/// <param name="Workers">Those heard of within the last minute, by name.</param>
internal sealed record WorkerListBody(IReadOnlyList<WorkerBody> Workers);

/// <summary>A worker as it last announced itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="Slots">How many tasks it computes at once.</param>
/// <param name="Tasks">How many it computes now.</param>
/// <param name="Cores">How many processors it has.</param>
/// <param name="Memory">The bytes of memory that the values it holds take.</param>
/// <param name="MemoryLimit">How many they may take.</param>
/// <param name="Values">How many values it holds.</param>
/// <param name="Spilled">The bytes of its values that lie on its disk.</param>
/// <param name="Operations">The operations it offers for calls.</param>
/// <param name="Resources">The resources it has for calls that take of them, by name; memory in bytes.</param>
/// <param name="LastSeen">When it was last heard of.</param>
internal sealed record WorkerBody(
    string Id, string Host, int Slots, int Tasks, int Cores, long Memory, long MemoryLimit, int Values, long Spilled, IReadOnlyList<string> Operations,
    IReadOnlyDictionary<string, ResourceBody> Resources, DateTimeOffset LastSeen)
{
    public static WorkerBody Of(WorkerInfo worker) => new(
        worker.Id, worker.Host, worker.Slots, worker.Tasks, worker.Cores, worker.Memory, worker.MemoryLimit, worker.Values, worker.Spilled, worker.Operations,
        worker.Resources.Items.ToDictionary(item => item.Key, item => new ResourceBody(item.Value, worker.FreeResources[item.Key])), worker.LastSeen);
}

/// <summary>A resource of a worker.</summary>
/// <param name="Total">How much of it there is.</param>
/// <param name="Free">How much of it no call takes.</param>
internal sealed record ResourceBody(long Total, long Free);
