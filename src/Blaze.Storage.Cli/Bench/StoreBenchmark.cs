using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Cli.Bench;

/// <summary>
/// Measures a byte histogram of a remote resource by one worker process, from submission to answer, beside the store's own SDK that
/// only reads it in a plain program with as many requests under way, turn by turn. The center is emptied before each job, so every
/// one reads every byte.
/// </summary>
internal static class StoreBenchmark
{
    private const int PartSize = 16 << 20;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Measures.</summary>
    /// <param name="uri">The resource.</param>
    /// <param name="create">Bytes of a resource to write there first and remove in the end, or null for one that is there.</param>
    /// <param name="slots">How many tasks the worker computes at once.</param>
    /// <param name="rounds">How many times each side runs, after one to warm up.</param>
    /// <param name="report">Receives a line about what goes on.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public static async Task<StoreReport> RunAsync(
        ResourceUri uri, long? create, int slots, int rounds, Action<string> report, CancellationToken cancellationToken)
    {
        var settings = StoreSettings.OfProcess();
        var store = Stores.Create(settings).For(uri);
        if (create is { } length)
        {
            report($"writing {length} bytes to {uri.Display}");
            await WriteAsync(store, uri, length, cancellationToken);
        }

        try
        {
            var info = await store.StatAsync(uri, cancellationToken);
            using var reader = await store.OpenAsync(uri, info.Version, cancellationToken);
            var plain = uri.Scheme == S3Store.S3Scheme ? new SdkProcess(info, reader.ReadSize, slots * new WorkerOptions().ReadsPerSlot) : null;
            return await MeasureAsync(info, plain, slots, rounds, report, cancellationToken);
        }
        finally
        {
            if (create is not null)
                await store.DeleteAsync(uri, CancellationToken.None);
        }
    }

    private static async Task<StoreReport> MeasureAsync(
        ResourceInfo info, SdkProcess? sdk, int slots, int rounds, Action<string> report, CancellationToken cancellationToken)
    {
        await using var center = await EmbeddedCenter.StartAsync(CenterServer.Find(), TimeProvider.System, cancellationToken);
        var command = ProgramPath.Worker(slots, "--no-cache").InCluster(center.Address);
        await using var worker = ChildProcess.Start(command, report);
        var (times, sdkTimes) = (new List<double>(), new List<double>());
        var peak = 0L;
        for (var round = 0; round <= rounds; round++)
        {
            await CenterProbe.EmptyAsync(center.Address.Port, center.Address.Password!, cancellationToken);
            await using var client = await BlazeClient.ConnectAsync(center.Address, null, cancellationToken);
            var sdkSeconds = sdk is null ? 0 : await sdk.MeasureAsync(cancellationToken);
            var seconds = await Clock.SecondsAsync(() => AskAsync(client, info, cancellationToken));
            peak = Math.Max(peak, await PeakBytesAsync(client, cancellationToken));
            // The first round warms both sides up.
            if (round == 0)
                continue;
            times.Add(seconds);
            sdkTimes.Add(sdkSeconds);
        }

        await worker.StopAsync(Grace, TimeProvider.System);
        var speed = info.Length / Clock.Median(times) / 1e9;
        return StoreReport.Of(speed, sdk is null ? null : info.Length / Clock.Median(sdkTimes) / 1e9, peak);
    }

    private static async Task AskAsync(BlazeClient client, ResourceInfo info, CancellationToken cancellationToken)
    {
        var spec = new JobSpec("HIST", new Dictionary<string, string>(), [info.Uri.ToString()], null, null, Durable: false);
        var last = await (await client.SubmitAsync(spec, 0, cancellationToken)).WaitAsync(cancellationToken);
        if (last.State != JobState.Done)
            throw new BlazeException(last.Error?.Message ?? $"The job ended {last.State}.");
        if (last.Bytes.Read < info.Length)
            throw new BlazeException($"The job read {last.Bytes.Read} of {info.Length} bytes only, so nothing was measured; run again.");
    }

    private static async Task<long> PeakBytesAsync(BlazeClient client, CancellationToken cancellationToken)
    {
        var workers = await client.WorkersAsync(cancellationToken);
        return workers.Count == 0 ? 0 : ProcessMemory.Peak(workers[0].ProcessId);
    }

    private static async Task WriteAsync(IObjectStore store, ResourceUri uri, long length, CancellationToken cancellationToken)
    {
        await using var upload = await store.OpenMultipartAsync(uri, PutMode.Create, cancellationToken);
        var part = new byte[PartSize];
        var random = new Random(1);
        for (var (number, left) = (0, length); left > 0 || number == 0; number++)
        {
            random.NextBytes(part);
            var size = (int)Math.Min(part.Length, left);
            await upload.PutPartAsync(number, part.AsMemory(0, size), cancellationToken);
            left -= size;
        }

        await upload.CompleteAsync(cancellationToken);
    }
}
