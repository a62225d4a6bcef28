using System.Globalization;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client.Pictures;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>
/// The counts of the 65,536 pairs of bytes as a heat map, first byte downwards, second byte to the right, on a logarithmic scale.
/// With block characters and colours a character shows two cells, one above the other.
/// </summary>
internal static class DigraphPicture
{
    private const int Side = 256;
    private const int LabelWidth = 3;

    /// <summary>Draws counts; they may be estimates.</summary>
    /// <param name="counts">The count of each pair at first·256 + second, 65,536 numbers ≥ 0.</param>
    /// <param name="style">What may be used.</param>
    public static Picture Draw(ReadOnlySpan<double> counts, PictureStyle style)
    {
        var valuesPerColumn = 1;
        // A row of characters is about as high as two columns are wide, and so holds two values for each of a column.
        while (valuesPerColumn < Side / 2
               && (Side / valuesPerColumn > style.PlotWidth(LabelWidth) || Side / (2 * valuesPerColumn) > Math.Max(1, style.Height - 2)))
            valuesPerColumn *= 2;
        var halves = style is { Unicode: true, Colour: true };
        var cells = Cells(counts, valuesPerColumn, halves ? valuesPerColumn : 2 * valuesPerColumn);
        var columns = cells.GetLength(1);
        var rows = Side / (2 * valuesPerColumn);

        var grid = new CellGrid(style.Width, rows + 1);
        DrawLabels(grid, columns, rows, valuesPerColumn);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (halves)
                    grid.Put(LabelWidth + column, row + 1, '▀', ColourScale.At(cells[2 * row, column]), ColourScale.At(cells[(2 * row) + 1, column]));
                else
                    PutWhole(grid, LabelWidth + column, row + 1, cells[row, column], style);
            }
        }

        return grid.ToPicture().Above(Picture.OfText(Legend(counts, style.Width)));
    }

    private static void PutWhole(CellGrid grid, int column, int row, double value, PictureStyle style)
    {
        if (style.Colour)
            grid.Put(column, row, ' ', null, ColourScale.At(value));
        else
            grid.Put(column, row, InkScale.At(value, style.Unicode));
    }

    // The largest pair of each cell, so that a single frequent pair is not lost among rare ones.
    private static double[,] Cells(ReadOnlySpan<double> counts, int width, int height)
    {
        var cells = new double[Side / height, Side / width];
        var largest = 0.0;
        for (var i = 0; i < Math.Min(counts.Length, Side * Side); i++)
        {
            if (!double.IsFinite(counts[i]) || counts[i] <= 0)
                continue;
            ref var cell = ref cells[i / Side / height, i % Side / width];
            cell = Math.Max(cell, counts[i]);
            largest = Math.Max(largest, counts[i]);
        }

        if (largest > 0)
        {
            for (var row = 0; row < cells.GetLength(0); row++)
            {
                for (var column = 0; column < cells.GetLength(1); column++)
                    cells[row, column] = Math.Log(1 + cells[row, column]) / Math.Log(1 + largest);
            }
        }

        return cells;
    }

    private static void DrawLabels(CellGrid grid, int columns, int rows, int valuesPerColumn)
    {
        for (var value = 0; value < Side; value += columns >= 16 ? 64 : Side)
            grid.Write(LabelWidth + (value / valuesPerColumn), 0, value.ToString("X2", CultureInfo.InvariantCulture), Rgb.Quiet);
        for (var value = 0; value < Side; value += rows >= 4 ? 64 : Side)
            grid.Write(0, 1 + (value / (2 * valuesPerColumn)), value.ToString("X2", CultureInfo.InvariantCulture), Rgb.Quiet);
    }

    private static string Legend(ReadOnlySpan<double> counts, int width)
    {
        var pairs = 0;
        var top = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                pairs++;
            if (counts[i] > counts[top])
                top = i;
        }

        var text = pairs == 0
            ? "no pairs"
            : $"{pairs} different pairs; most frequent {top / Side:X2} {top % Side:X2}: {Units.Count(counts[top])} (log scale)";
        return text.Length <= width ? text : text[..width];
    }
}
