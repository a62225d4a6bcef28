using System.Globalization;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client.Pictures;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>
/// The counts of the 256 byte values as bars, several values a column where the terminal is narrow, with the most frequent values
/// below. The scale is linear, or logarithmic where a few values would leave the others without height; its label says which.
/// </summary>
internal static class HistogramPicture
{
    private const int LabelWidth = 7;
    private const int MostRows = 12;
    private const int LinesBelow = 2;

    // A column is still seen on a linear scale at about a tenth of a row's height.
    private const double LargestLinearContrast = 100;

    private static readonly Rgb ZeroColour = new(120, 120, 130);
    private static readonly Rgb ControlColour = new(90, 140, 220);
    private static readonly Rgb TextColour = new(110, 200, 120);
    private static readonly Rgb HighColour = new(235, 150, 70);

    /// <summary>Draws counts; they may be estimates.</summary>
    /// <param name="counts">The count of each byte value, 256 numbers ≥ 0.</param>
    /// <param name="style">What may be used.</param>
    public static Picture Draw(ReadOnlySpan<double> counts, PictureStyle style)
    {
        var perColumn = 1;
        while (perColumn < 256 && 256 / perColumn > style.PlotWidth(LabelWidth))
            perColumn *= 2;
        var columns = Columns(counts, perColumn);
        var rows = Math.Clamp(style.Height - LinesBelow, 1, MostRows);
        var logarithmic = IsLogarithmic(columns);
        var largest = columns.Max();

        var grid = new CellGrid(style.Width, rows + 1);
        DrawAxis(grid, rows, largest, logarithmic, style);
        for (var i = 0; i < columns.Length; i++)
            Bars.Draw(grid, LabelWidth + i, rows - 1, rows, Height(columns[i], largest, logarithmic), style, ColourOf(i * perColumn));
        DrawValues(grid, rows, perColumn);
        return grid.ToPicture().Above(Picture.OfText(MostFrequent(counts, style.Width)));
    }

    private static double[] Columns(ReadOnlySpan<double> counts, int perColumn)
    {
        var columns = new double[256 / perColumn];
        for (var i = 0; i < Math.Min(counts.Length, 256); i++)
        {
            if (double.IsFinite(counts[i]) && counts[i] > 0)
                columns[i / perColumn] += counts[i];
        }

        return columns;
    }

    private static bool IsLogarithmic(double[] columns)
    {
        var seen = columns.Where(count => count > 0).Order().ToArray();
        return seen.Length > 0 && seen[^1] > LargestLinearContrast * seen[seen.Length / 2];
    }

    private static double Height(double count, double largest, bool logarithmic) =>
        largest <= 0 ? 0 : logarithmic ? Math.Log(1 + count) / Math.Log(1 + largest) : count / largest;

    private static void DrawAxis(CellGrid grid, int rows, double largest, bool logarithmic, PictureStyle style)
    {
        for (var row = 0; row < rows; row++)
            grid.Put(LabelWidth - 1, row, style.Unicode ? '│' : '|', Rgb.Quiet);
        grid.WriteEndingAt(LabelWidth - 1, 0, Units.Count(largest), Rgb.Quiet);
        if (rows >= 3)
            grid.WriteEndingAt(LabelWidth - 1, 1, logarithmic ? "log" : "", Rgb.Quiet);
        if (rows >= 2)
            grid.WriteEndingAt(LabelWidth - 1, rows - 1, "0", Rgb.Quiet);
    }

    private static void DrawValues(CellGrid grid, int row, int perColumn)
    {
        var columns = 256 / perColumn;
        var step = columns >= 64 ? 32 : columns >= 16 ? 64 : 256;
        for (var value = 0; value < 256; value += step)
            grid.Write(LabelWidth + (value / perColumn), row, Hexadecimal(value), Rgb.Quiet);
    }

    private static string MostFrequent(ReadOnlySpan<double> counts, int width)
    {
        var all = counts.ToArray();
        var total = all.Where(double.IsFinite).Sum();
        if (total <= 0)
            return Fit("no bytes", width);
        var text = "most frequent:";
        foreach (var (value, count) in all.Index().Where(bin => bin.Item > 0).OrderByDescending(bin => bin.Item).Take(8))
        {
            var next = string.Create(CultureInfo.InvariantCulture, $" {NameOf(value)} {Units.Percent(count / total)},");
            if (text.Length + next.Length - 1 > width)
                break;
            text += next;
        }

        return Fit(text.TrimEnd(','), width);
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..width];

    private static string Hexadecimal(int value) => value.ToString("X2", CultureInfo.InvariantCulture);

    private static string NameOf(int value) => value is > 0x20 and < 0x7F ? $"'{(char)value}'" : $"0x{Hexadecimal(value)}";

    private static Rgb ColourOf(int value) => value switch
    {
        0 => ZeroColour,
        < 0x20 => ControlColour,
        < 0x80 => TextColour,
        _ => HighColour,
    };
}
