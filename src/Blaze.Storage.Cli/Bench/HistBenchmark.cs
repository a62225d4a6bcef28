using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Composition;
using Blaze.Storage.Client;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Cli.Bench;

/// <summary>
/// Measures a whole job, from its submission to its answer, beside a C program's loop over the same file with as many threads,
/// turn by turn. Every job is one of a cluster that has seen nothing: a namespace of its own, no durable cache. Then the same
/// job again, in the cluster that has just answered it.
/// </summary>
internal static class HistBenchmark
{
    private const int Rounds = 7;
    private const int Repeats = 20;
    private const int FailedWord = 256;

    /// <summary>Measures.</summary>
    /// <param name="file">The file; it is read once first, so that it lies in memory if it fits.</param>
    /// <param name="slots">Threads on both sides.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public static async Task<HistReport> RunAsync(string file, int slots, CancellationToken cancellationToken)
    {
        var spec = new JobSpec("HIST", new Dictionary<string, string>(), [ResourceUri.FromLocalPath(Path.GetFullPath(file)).ToString()], null, null, Durable: false);
        using var reference = CReference.TryCreate(out var note);
        await using var caches = Caches.Open(new CacheChoice(LeftOut: true));
        await using var center = await EmbeddedCenter.StartAsync(CenterServer.Find(), TimeProvider.System, cancellationToken);
        var (times, cTimes, repeats) = (new List<double>(), new List<double>(), new List<double>());
        long length = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var address = center.Address with { Namespace = $"round{round + 1}" };
            await using var worker = await EmbeddedWorker.StartAsync(address, caches, slots, cancellationToken);
            await using var client = await BlazeClient.ConnectAsync(address, null, cancellationToken);
            var (seconds, answer) = await AskAsync(client, spec, cancellationToken);
            length = answer.Total;
            var cSeconds = reference is null ? 0 : RunC(reference, file, answer, slots);
            // The first round warms both sides up.
            if (round < 0)
                continue;
            times.Add(seconds);
            cTimes.Add(cSeconds);
            for (var i = 0; round == Rounds - 1 && i < Repeats; i++)
                repeats.Add((await AskAsync(client, spec, cancellationToken)).Seconds);
        }

        var speed = length / Clock.Median(times) / 1e9;
        double? cSpeed = reference is null ? null : length / Clock.Median(cTimes) / 1e9;
        return HistReport.Of(speed, cSpeed, Clock.Median(repeats) * 1e3, note);
    }

    private static async Task<(double Seconds, HistogramValue Answer)> AskAsync(BlazeClient client, JobSpec spec, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var job = await client.SubmitAsync(spec, 0, cancellationToken);
        var last = await job.WaitAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return last is { State: JobState.Done, Value: HistogramValue answer }
            ? (seconds, answer)
            : throw new BlazeException(last.Error?.Message ?? $"The job ended {last.State}.");
    }

    private static double RunC(CReference reference, string file, HistogramValue expected, int threads)
    {
        var path = Encoding.UTF8.GetBytes(file + '\0');
        var result = GC.AllocateArray<long>(FailedWord + 1, pinned: true);
        var loop = reference.Find("hist_file");
        double seconds;
        var pinned = GCHandle.Alloc(path, GCHandleType.Pinned);
        try
        {
            var started = Stopwatch.GetTimestamp();
            loop(pinned.AddrOfPinnedObject(), 0, expected.Total, threads, Marshal.UnsafeAddrOfPinnedArrayElement(result, 0));
            seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            pinned.Free();
        }

        if (result[FailedWord] != 0 || !expected.Counts.AsSpan().SequenceEqual(result.AsSpan(0, FailedWord)))
            throw new BlazeException($"The C loop and the job do not agree about '{file}'; something changed it in between: run again.");
        return seconds;
    }
}
