using System.Diagnostics;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Bench;

/// <summary>Measures many small calls: one client, two worker processes with a slot each, a center of its own.</summary>
internal sealed class TasksBenchmark
{
    private const int Workers = 2;
    private const int Calls = 100_000;
    private const int Rounds = 5;

    // What runs for long is measured as it runs then: compiled for good, with memory that was used before.
    private const int RoundsBefore = 10;
    private const int RoundTripsBefore = 4_000;
    private const int RoundTrips = 2_000;
    private const int Million = 1_000_000;
    private const int ArrayLength = 1_000_000;
    private static readonly TimeSpan LongestScript = TimeSpan.FromMilliseconds(5);
    private static readonly CallOptions Impure = new() { Pure = false };

    /// <summary>What can be measured; see <see cref="TasksReport"/>.</summary>
    public static readonly string[] Parts = ["many", "roundtrip", "chain", "tree", "arrays", "transfer", "memory", "million"];

    /// <summary>What is measured unless told: all but what takes a minute.</summary>
    public static readonly string[] UsualParts = Parts[..^1];

    private readonly BlazeClient _client;
    private readonly IReadOnlyCollection<string> _parts;
    private readonly CancellationToken _cancellationToken;

    private TasksBenchmark(BlazeClient client, IReadOnlyCollection<string> parts, CancellationToken cancellationToken)
    {
        _client = client;
        _parts = parts;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Measures some of <see cref="Parts"/>.</summary>
    public static async Task<TasksReport> RunAsync(IReadOnlyCollection<string> parts, CancellationToken cancellationToken)
    {
        await using var center = await EmbeddedCenter.StartAsync(Server(), TimeProvider.System, cancellationToken);
        double? perTask = parts.Contains("memory") ? await MemoryPerCallAsync(center.Address with { Namespace = "memory" }, cancellationToken) : null;
        var million = parts.Contains("million") ? await MillionAsync(center.Address with { Namespace = "million" }, cancellationToken) : null;
        var address = center.Address with { Namespace = "bench" };
        var workers = StartWorkers(address);
        try
        {
            await using var client = await BlazeClient.ConnectAsync(address, null, cancellationToken);
            return await new TasksBenchmark(client, parts, cancellationToken).MeasureAsync(perTask) with { Million = million };
        }
        finally
        {
            await StopAsync(workers);
        }
    }

    private static ChildProcess[] StartWorkers(CenterAddress address)
    {
        var command = ProgramPath.Worker(1, "--no-cache").InCluster(address);
        return [.. Enumerable.Range(0, Workers).Select(_ => ChildProcess.Start(command, static _ => { }))];
    }

    private static async Task StopAsync(ChildProcess[] workers)
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
    }

    // All wait in the center before the first worker starts.
    private static async Task<MillionReport> MillionAsync(CenterAddress address, CancellationToken cancellationToken)
    {
        await using var client = await BlazeClient.ConnectAsync(address, null, cancellationToken);
        await CenterProbe.NoteSlowAsync(address.Port, address.Password!, LongestScript, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var futures = Submit(client, Million);
        await client.CancelAsync(futures[^1]).WaitAsync(cancellationToken);
        var submitted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        var workers = StartWorkers(address);
        try
        {
            var values = await client.GatherAsync(futures[..^1], cancellationToken);
            Check(values.Index().All(each => each.Index == each.Item));
            var drained = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new MillionReport(Math.Round(submitted, 2), Math.Round(drained, 2), await CenterProbe.SlowOnesAsync(address.Port, address.Password!, cancellationToken));
        }
        finally
        {
            await StopAsync(workers);
        }
    }

    /// <summary>The fastest center there is here.</summary>
    public static CenterServer Server() =>
        (ProgramPath.Find("redis-server") ?? ProgramPath.Find("valkey-server")) is { } found ? new RedisCenter(found) : CenterServer.Find();

    private static async Task<double> MemoryPerCallAsync(CenterAddress address, CancellationToken cancellationToken)
    {
        await using var client = await BlazeClient.ConnectAsync(address, null, cancellationToken);
        var before = await CenterProbe.UsedMemoryAsync(address.Port, address.Password!, cancellationToken);
        var futures = Submit(client, Calls);
        // The center takes calls in their order: the last one can only be cancelled once all are there.
        await client.CancelAsync(futures[^1]).WaitAsync(cancellationToken);
        var after = await CenterProbe.UsedMemoryAsync(address.Port, address.Password!, cancellationToken);
        GC.KeepAlive(futures);
        return (after - before) / (double)Calls;
    }

    private static Future<int>[] Submit(BlazeClient client, int count)
    {
        var futures = new Future<int>[count];
        for (var at = 0; at < count; at++)
            futures[at] = client.SubmitNamed<int>("identity", Impure, at);
        return futures;
    }

    private async Task<TasksReport> MeasureAsync(double? bytesPerTask)
    {
        // Before there is anything to tidy up: these are of an idle cluster.
        var roundTrips = _parts.Contains("roundtrip") ? await RoundTripsAsync() : null;
        // Both workers are there and warm.
        await ManyAsync();
        var chain = await MedianAsync("chain", ChainAsync);
        var tree = await MedianAsync("tree", TreeAsync);
        var arrays = await MedianAsync("arrays", ArrayTreeAsync);
        var transfers = _parts.Contains("transfer") ? await new TransferBenchmark(_client, _cancellationToken).MeasureAsync() : null;
        var calls = await MedianAsync("many", ManyAsync, before: 0);
        return new TasksReport(
            calls is { } seconds ? Math.Round(Calls / seconds) : null, roundTrips,
            chain, tree, arrays, transfers?.Peer, transfers?.Scatter, transfers?.Gather, bytesPerTask is { } bytes ? Math.Round(bytes) : null);
    }

    private async Task<double?> MedianAsync(string part, Func<Task<double>> measure, int before = RoundsBefore)
    {
        if (!_parts.Contains(part))
            return null;
        for (var round = 0; round < before; round++)
            await measure();
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
            seconds.Add(await measure());
        return Math.Round(Clock.Median(seconds), 4);
    }

    // Each round begins with nothing of the one before left to let go of.
    private async Task<double> ManyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var futures = Submit(_client, Calls);
        var values = await _client.GatherAsync(futures, _cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await _client.ReleaseAsync(futures).WaitAsync(_cancellationToken);
        Check(values.Index().All(each => each.Index == each.Item));
        return seconds;
    }

    private async Task<RoundtripReport> RoundTripsAsync()
    {
        var milliseconds = new List<double>();
        for (var at = -RoundTripsBefore; at < RoundTrips; at++)
        {
            var started = Stopwatch.GetTimestamp();
            using var future = _client.SubmitNamed<int>("identity", Impure, at);
            Check(await future.ResultAsync(_cancellationToken) == at);
            if (at >= 0)
                milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        milliseconds.Sort();
        return new RoundtripReport(Percentile(milliseconds, 0.5), Percentile(milliseconds, 0.99));
    }

    private async Task<double> ChainAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var last = _client.SubmitNamed<double>("add", Impure, 0, 1);
        for (var link = 1; link < 1000; link++)
            last = _client.SubmitNamed<double>("add", Impure, last, 1);
        Check(await last.ResultAsync(_cancellationToken) == 1000);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<double> TreeAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var level = Enumerable.Range(0, 1024).Select(at => _client.SubmitNamed<double>("identity", Impure, at)).ToList();
        Check(await ReduceAsync(level, "add") == 1023 * 512);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<double> ArrayTreeAsync()
    {
        var level = Enumerable.Range(0, 16).Select(at => _client.SubmitNamed<double[]>("ramp", Impure, ArrayLength, at)).ToList();
        await Task.WhenAll(level.Select(future => future.Ended)).WaitAsync(_cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var sum = await ReduceAsync(level, "add-arrays");
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Check(sum[^1] == (16d * (ArrayLength - 1)) + (15 * 8));
        return seconds;
    }

    private async Task<T> ReduceAsync<T>(List<Future<T>> level, string operation)
    {
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => _client.SubmitNamed<T>(operation, Impure, pair[0], pair[1]))];
        return await level[0].ResultAsync(_cancellationToken);
    }

    private static double Percentile(List<double> sorted, double share) => Math.Round(sorted[(int)(share * (sorted.Count - 1))], 4);

    private static void Check(bool isRight)
    {
        if (!isRight)
            throw new BlazeException("A call gave a wrong value; run again, and report this if it stays.");
    }
}
