using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;

namespace Blaze.Storage.Client.Pictures;

/// <summary>What is known about a job along its bytes.</summary>
public static class SnapshotStrip
{
    /// <summary>The entropy along the sources of an ENT job, in bits per byte.</summary>
    public static Strip OfEntropy(JobSnapshot snapshot, JobDetail detail, EntropyOperation operation, int columns)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(detail);
        ArgumentNullException.ThrowIfNull(operation);
        var places = new SourcePlaces(detail.Sources);
        var strip = new Strip(places.Length, columns);
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

        return strip;
    }

    /// <summary>The share of differing bytes along the two files of a DIFF job.</summary>
    public static Strip OfDifference(JobSnapshot snapshot, JobDetail detail, int columns)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(detail);
        var places = new SourcePlaces([new JobSource("", "", detail.End, detail.Start, detail.End)]);
        var strip = new Strip(places.Length, columns);
        if (snapshot is { Exact: true, Value: DifferenceValue whole })
            AddRuns(strip, places, detail, whole);
        foreach (var chunk in snapshot.Exact ? [] : snapshot.Chunks)
        {
            if (chunk.Value is DifferenceValue value && chunk.Range.Length > 0)
                strip.Add(places.Of(0, chunk.Range.Start), chunk.Range.Length, (double)value.Differing / chunk.Range.Length);
        }

        return strip;
    }

    /// <summary>
    /// The height, 0 … 1, of a share of differing bytes. Six powers of ten: one differing byte in a million is still seen, and half-way up stands for one in a thousand.
    /// </summary>
    public static double DensityHeight(double density) => density <= 0 ? 0 : Math.Clamp(1 + (Math.Log10(density) / 6), 0.01, 1);

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
}
