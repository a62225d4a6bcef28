using System.Diagnostics;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Futures;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Bench;

/// <summary>Measures how large values move: from one worker to another, from the client to workers, and back.</summary>
internal sealed class TransferBenchmark(BlazeClient client, CancellationToken cancellationToken)
{
    private const int Rounds = 5;
    private const int PeerLength = 25_000_000;
    private const int Pieces = 4;
    private const int PieceLength = 3_125_000;
    private const double Bytes = 8.0 * Pieces * PieceLength;

    /// <summary>Measures; GB a second, the medians of several rounds after one that does not count.</summary>
    public async Task<TransferReport> MeasureAsync()
    {
        var workers = (await client.WorkersAsync(cancellationToken)).Select(worker => worker.Id).ToList();
        if (workers.Count < 2)
            throw new BlazeException("The benchmark's workers did not start; run again, and report this if it stays.");
        var (peer, scatter, gather) = (new List<double>(), new List<double>(), new List<double>());
        ReadOnlyMemory<double>[] pieces = [.. Enumerable.Range(0, Pieces).Select(piece => new ReadOnlyMemory<double>([.. Enumerable.Repeat((double)piece, PieceLength)]))];
        for (var round = 0; round <= Rounds; round++)
        {
            peer.Add(8.0 * PeerLength / await PeerAsync(workers[round % 2], workers[1 - (round % 2)]));
            var (there, back) = await ScatterAsync(pieces);
            scatter.Add(Bytes / there);
            gather.Add(Bytes / back);
        }

        return new TransferReport(InGb(peer), InGb(scatter), InGb(gather));
    }

    private static double InGb(List<double> rates) => Math.Round(Clock.Median(rates[1..]) / 1e9, 3);

    private async Task<double> PeerAsync(string from, string to)
    {
        using var value = client.SubmitNamed<double[]>("ramp", At(from), PeerLength, 0.0);
        await value.Ended.WaitAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        using var size = client.SubmitNamed<long>("size", At(to), value);
        Check(await size.ResultAsync(cancellationToken) > 8L * PeerLength);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<(double There, double Back)> ScatterAsync(ReadOnlyMemory<double>[] pieces)
    {
        var started = Stopwatch.GetTimestamp();
        var scattered = await client.ScatterAsync(pieces, null, cancellationToken);
        var there = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        var gathered = await client.GatherAsync(scattered, cancellationToken);
        var back = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Check(gathered.Index().All(one => one.Item.Length == PieceLength && one.Item.Span[^1] == one.Index));
        foreach (var future in scattered)
            future.Dispose();
        return (there, back);
    }

    private static CallOptions At(string worker) => new() { Pure = false, OnlyPlaces = [worker] };

    private static void Check(bool isRight)
    {
        if (!isRight)
            throw new BlazeException("A value was not what it must be; run again, and report this if it stays.");
    }
}

/// <summary>Rates in GB a second; see <see cref="TasksReport"/>.</summary>
internal sealed record TransferReport(double Peer, double Scatter, double Gather);
