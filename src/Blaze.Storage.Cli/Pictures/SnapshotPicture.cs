using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>The picture of what is known about a job.</summary>
internal static class SnapshotPicture
{
    /// <summary>Draws a snapshot; nothing while there is nothing to draw.</summary>
    public static Picture Draw(JobSnapshot snapshot, PictureStyle style) => snapshot.Operation switch
    {
        HistogramOperation histogram when CountsOf(snapshot) is { } counts =>
            histogram.N == 1 ? HistogramPicture.Draw(counts, style) : DigraphPicture.Draw(counts, style),
        EntropyOperation entropy when snapshot.Detail is { } detail => DrawEntropy(snapshot, detail, entropy, style),
        DifferenceOperation when snapshot.Detail is { } detail => DrawDifference(snapshot, detail, style),
        _ => StatisticsPicture.Draw(snapshot, style),
    };

    private static double[]? CountsOf(JobSnapshot snapshot) => snapshot switch
    {
        { Exact: false, Estimate: HistogramEstimate estimate } => [.. estimate.Counts],
        { Value: HistogramValue value } => Array.ConvertAll(value.Counts, count => (double)count),
        _ => null,
    };

    private static Picture DrawEntropy(JobSnapshot snapshot, JobDetail detail, EntropyOperation operation, PictureStyle style)
    {
        var places = new SourcePlaces(detail.Sources);
        var strip = new Strip(places.Length, style.PlotWidth(StripPicture.LabelWidth));
        if (snapshot is { Exact: true, Value: EntropyValue whole })
        {
            var next = 0;
            foreach (var (index, source) in detail.Sources.Index())
                next += AddWindows(strip, places, index, source.Start, source.End, operation.Window, whole.Profile.AsSpan(Math.Min(next, whole.Profile.Length)));
        }
        else
        {
            foreach (var chunk in snapshot.Chunks)
            {
                if (chunk.Value is EntropyValue value)
                    AddWindows(strip, places, chunk.Source, chunk.Range.Start, chunk.Range.End, operation.Window, value.Profile);
            }
        }

        return StripPicture.Draw(strip, bits => bits / 8, "8", "4", style);
    }

    private static int AddWindows(Strip strip, SourcePlaces places, int source, long start, long end, long window, ReadOnlySpan<double> profile)
    {
        var count = 0;
        for (var from = start; from < end && count < profile.Length; count++)
        {
            var to = Math.Min(end, (from / window * window) + window);
            strip.Add(places.Of(source, from), to - from, profile[count]);
            from = to;
        }

        return count;
    }

    private static Picture DrawDifference(JobSnapshot snapshot, JobDetail detail, PictureStyle style)
    {
        var places = new SourcePlaces([new JobSource("", "", detail.End, detail.Start, detail.End)]);
        var strip = new Strip(places.Length, style.PlotWidth(StripPicture.LabelWidth));
        if (snapshot is { Exact: true, Value: DifferenceValue whole })
            AddRuns(strip, places, detail, whole);
        foreach (var chunk in snapshot.Exact ? [] : snapshot.Chunks)
        {
            if (chunk.Value is DifferenceValue value && chunk.Range.Length > 0)
                strip.Add(places.Of(0, chunk.Range.Start), chunk.Range.Length, (double)value.Differing / chunk.Range.Length);
        }

        return StripPicture.Draw(strip, DensityHeight, "100%", "0.1%", style);
    }

    // Only the first runs are listed: what lies between the last one listed and the last difference is spread evenly.
    private static void AddRuns(Strip strip, SourcePlaces places, JobDetail detail, DifferenceValue value)
    {
        var listed = 0L;
        var position = detail.Start;
        foreach (var run in value.Ranges)
        {
            strip.Add(places.Of(0, position), run.Start - position, 0);
            strip.Add(places.Of(0, run.Start), run.Length, 1);
            listed += run.Length;
            position = run.End;
        }

        var unlisted = value.Last + 1 - position;
        if (unlisted > 0)
        {
            strip.Add(places.Of(0, position), unlisted, (double)(value.Differing - listed) / unlisted);
            position += unlisted;
        }

        strip.Add(places.Of(0, position), detail.End - position, 0);
    }

    // Six powers of ten: one differing byte in a million is still seen, and half-way up stands for one in a thousand.
    private static double DensityHeight(double density) => density <= 0 ? 0 : Math.Clamp(1 + (Math.Log10(density) / 6), 0.01, 1);
}
