using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;

namespace Blaze.Storage.Client.Pictures;

/// <summary>
/// The picture of a job, exact or estimated, as PNG. HIST: a bar for each byte value, left to right; of pairs a heat map, first byte downwards, second to the right, on a logarithmic
/// scale. ENT and DIFF: bars along the bytes of the sources, of bits per byte and of the share that differs on a logarithmic scale. STAT has no picture.
/// </summary>
public static class ResultPng
{
    private const int Height = 256;
    private const int Columns = 1024;
    private const int BarWidth = 4;

    // A bar is still seen on a linear scale at about a hundredth of the highest.
    private const double LargestLinearContrast = 100;

    private static readonly Rgb Background = new(16, 16, 20);

    /// <summary>Whether there is a picture of what is known of the job.</summary>
    public static bool CanDraw(JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot is { Operation: EntropyOperation or DifferenceOperation, Detail: not null } || snapshot.HistogramCounts() is not null;
    }

    /// <summary>Draws and writes the picture.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static void Write(Stream output, JobSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(snapshot);
        PngWriter.Write(output, snapshot switch
        {
            { Operation: EntropyOperation operation, Detail: { } detail } => Bars(SnapshotStrip.OfEntropy(snapshot, detail, operation, Columns), bits => bits / 8),
            { Operation: DifferenceOperation, Detail: { } detail } => Bars(SnapshotStrip.OfDifference(snapshot, detail, Columns), SnapshotStrip.DensityHeight),
            { Operation: HistogramOperation { N: 1 } } when snapshot.HistogramCounts() is { } counts => Histogram(counts),
            { Operation: HistogramOperation } when snapshot.HistogramCounts() is { } counts => HeatMap(counts),
            _ => throw new ArgumentException("There is no picture of this job.", nameof(snapshot)),
        });
    }

    private static PixelGrid Histogram(double[] counts)
    {
        var picture = new PixelGrid(BarWidth * counts.Length, Height, Background);
        var largest = counts.Max();
        var seen = counts.Where(count => count > 0).Order().ToArray();
        var isLogarithmic = seen.Length > 0 && seen[^1] > LargestLinearContrast * seen[seen.Length / 2];
        for (var value = 0; value < counts.Length; value++)
            DrawBar(picture, BarWidth * value, BarWidth, largest <= 0 ? 0 : isLogarithmic ? Math.Log(1 + counts[value]) / Math.Log(1 + largest) : counts[value] / largest);
        return picture;
    }

    private static PixelGrid HeatMap(double[] counts)
    {
        const int Side = 256;
        const int Cell = 3;
        var picture = new PixelGrid(Cell * Side, Cell * Side, ColourScale.At(0));
        var largest = counts.Max();
        for (var pair = 0; pair < counts.Length; pair++)
        {
            if (counts[pair] > 0)
                picture.Fill(Cell * (pair % Side), Cell * (pair / Side), Cell, Cell, ColourScale.At(Math.Log(1 + counts[pair]) / Math.Log(1 + largest)));
        }

        return picture;
    }

    private static PixelGrid Bars(Strip strip, Func<double, double> height)
    {
        var picture = new PixelGrid(strip.Columns, Height, Background);
        for (var column = 0; column < strip.Columns; column++)
        {
            if (double.IsNaN(strip[column]))
                picture.Fill(column, 0, 1, Height, Background.Towards(Rgb.Quiet, 0.3));
            else
                DrawBar(picture, column, 1, height(strip[column]));
        }

        return picture;
    }

    private static void DrawBar(PixelGrid picture, int left, int width, double share)
    {
        var height = share > 0 ? Math.Max(1, (int)Math.Round(Math.Min(share, 1) * picture.Height)) : 0;
        // The darkest end of the scale could not be told from the background.
        picture.Fill(left, picture.Height - height, width, height, ColourScale.At(0.25 + (0.75 * Math.Clamp(share, 0, 1))));
    }
}
