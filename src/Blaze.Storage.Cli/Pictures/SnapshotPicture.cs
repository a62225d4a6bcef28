using Blaze.Storage.Client;
using Blaze.Storage.Client.Pictures;
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
        HistogramOperation histogram when snapshot.HistogramCounts() is { } counts =>
            histogram.N == 1 ? HistogramPicture.Draw(counts, style) : DigraphPicture.Draw(counts, style),
        EntropyOperation entropy when snapshot.Detail is { } detail =>
            StripPicture.Draw(SnapshotStrip.OfEntropy(snapshot, detail, entropy, style.PlotWidth(StripPicture.LabelWidth)), bits => bits / 8, "8", "4", style),
        DifferenceOperation when snapshot.Detail is { } detail =>
            StripPicture.Draw(SnapshotStrip.OfDifference(snapshot, detail, style.PlotWidth(StripPicture.LabelWidth)), SnapshotStrip.DensityHeight, "100%", "0.1%", style),
        _ => StatisticsPicture.Draw(snapshot, style),
    };
}
