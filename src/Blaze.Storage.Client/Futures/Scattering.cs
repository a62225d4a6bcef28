using System.Security.Cryptography;
using Blaze.Storage.Center;
using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Workers;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Values;
using Blaze.Storage.Core.Workers;
using Blaze.Storage.Transfer;

namespace Blaze.Storage.Client.Futures;

/// <summary>Gives values to workers, each to the one that was given the fewest bytes so far, several at once.</summary>
internal sealed class Scattering(CenterConnection center, RemoteValues values, TimeProvider time)
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Workers that have not listened so far take a moment to; for the last ones of many nobody waits longer than this.
    private static readonly TimeSpan LongestWaitForAll = TimeSpan.FromSeconds(1);

    /// <summary>Puts values to workers.</summary>
    /// <returns>A new key for each, with where it lies now.</returns>
    public async Task<IReadOnlyList<KeyValuePair<string, TaskValue>>> PutAsync(IReadOnlyList<Value> scattered, ScatterOptions options, CancellationToken cancellationToken)
    {
        var workers = await WorkersAsync(options, cancellationToken).ConfigureAwait(false);
        var client = await values.ClientAsync(cancellationToken).ConfigureAwait(false);
        var placed = new KeyValuePair<string, TaskValue>[scattered.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, scattered.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (at, token) => placed[at] = await PutAsync(client, workers, scattered[at], options.Replication, token).ConfigureAwait(false)).ConfigureAwait(false);
        return placed;
    }

    private static async Task<KeyValuePair<string, TaskValue>> PutAsync(
        PeerClient client, List<Target> workers, Value value, int replication, CancellationToken cancellationToken)
    {
        var key = $"data-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var checksum = Crc32C.Of(value.Bytes);
        var holders = new List<string>(replication);
        PeerException? problem = null;
        foreach (var target in Choose(workers, replication, value.Length))
        {
            try
            {
                await client.PutAsync(target.Address, key, value, checksum, cancellationToken).ConfigureAwait(false);
                holders.Add(target.Worker);
            }
            catch (PeerException failure) when (failure.Kind != PeerErrorKind.Refused)
            {
                problem = failure;
            }

            if (holders.Count == replication)
                break;
        }

        return holders.Count == replication
            ? new(key, new TaskValue(value.Format, null, new ResultLocation(holders, value.Length, checksum)))
            : throw new BlazeException(
                problem is null ? $"There are {workers.Count} workers, but a value is to be given to {replication}; start more, or ask for fewer replicas." : problem.Message, problem);
    }

    // Those that are to get it first, and the others in case one of them does not take it.
    private static List<Target> Choose(List<Target> workers, int replication, long bytes)
    {
        lock (workers)
        {
            var order = workers.OrderBy(target => target.Bytes).ToList();
            foreach (var target in order.Take(replication))
                target.Bytes += bytes;
            return order;
        }
    }

    private async Task<List<Target>> WorkersAsync(ScatterOptions options, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var live = await LiveAsync(options, cancellationToken).ConfigureAwait(false);
            var listening = live.Where(worker => worker.Address is not null).Select(worker => new Target(worker.Name, worker.Address!)).ToList();
            var waited = time.GetElapsedTime(started);
            if (listening.Count >= options.Replication && (listening.Count == live.Count || waited > LongestWaitForAll))
                return listening;
            if (waited > Patience)
            {
                throw new BlazeException(
                    live.Count == 0 ? "There is no worker to give values to; start one with `blaze worker`." : $"Of {live.Count} workers {listening.Count} take values; {options.Replication} are needed.");
            }

            foreach (var (name, address) in live)
            {
                if (address is null)
                    await center.Workers.AskToListenAsync(name, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(AskPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<(string Name, Uri? Address)>> LiveAsync(ScatterOptions options, CancellationToken cancellationToken)
    {
        var records = await center.Workers.ListAsync(cancellationToken).ConfigureAwait(false);
        var latest = records.Count == 0 ? default : records.Max(record => record.LastSeen);
        return
        [
            .. from record in records
               where latest - record.LastSeen < Recently
               let about = WorkerDescription.Parse(record.Info)
               where about.MemoryLimit > 0
               where options.Places.Count == 0 || options.Places.Contains(record.Name) || options.Places.Contains(about.Host)
               select (record.Name, about.PeerAddress),
        ];
    }

    private sealed class Target(string worker, Uri address)
    {
        public string Worker => worker;

        public Uri Address => address;

        public long Bytes { get; set; }
    }
}
