using Blaze.Storage.Cli.Output;
using Blaze.Storage.Client.Pictures;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>A strip drawn as bars from its first byte to its last; what was not seen yet is shaded.</summary>
internal static class StripPicture
{
    /// <summary>The columns left of the bars.</summary>
    public const int LabelWidth = 5;

    private const int MostRows = 6;

    /// <summary>Draws a strip.</summary>
    /// <param name="strip">Its values; columns beyond the style's width are not drawn.</param>
    /// <param name="height">Turns a value into the height of its bar, 0 … 1; also its place on the colour scale.</param>
    /// <param name="top">The label of a full bar, at most 4 characters.</param>
    /// <param name="middle">The label half-way, or nothing.</param>
    /// <param name="style">What may be used.</param>
    public static Picture Draw(Strip strip, Func<double, double> height, string top, string middle, PictureStyle style)
    {
        var rows = Math.Clamp(style.Height - 1, 1, MostRows);
        var grid = new CellGrid(style.Width, rows + 1);
        for (var row = 0; row < rows; row++)
            grid.Put(LabelWidth - 1, row, style.Unicode ? '│' : '|', Rgb.Quiet);
        grid.WriteEndingAt(LabelWidth - 1, 0, top, Rgb.Quiet);
        if (rows >= 4)
            grid.WriteEndingAt(LabelWidth - 1, rows / 2, middle, Rgb.Quiet);
        if (rows >= 2)
            grid.WriteEndingAt(LabelWidth - 1, rows - 1, "0", Rgb.Quiet);
        for (var column = 0; column < strip.Columns; column++)
            DrawColumn(grid, column, rows, strip[column], height, style);
        DrawPositions(grid, rows, strip);
        return grid.ToPicture();
    }

    private static void DrawColumn(CellGrid grid, int column, int rows, double value, Func<double, double> height, PictureStyle style)
    {
        if (double.IsNaN(value))
        {
            for (var row = 0; row < rows; row++)
                grid.Put(LabelWidth + column, row, style.Unicode ? '░' : ':', Rgb.Quiet);
            return;
        }

        var share = height(value);
        // The darkest end of the scale could not be told from the background.
        Bars.Draw(grid, LabelWidth + column, rows - 1, rows, share, style, ColourScale.At(0.25 + (0.75 * share)));
    }

    private static void DrawPositions(CellGrid grid, int row, Strip strip)
    {
        grid.Write(LabelWidth, row, "0", Rgb.Quiet);
        var end = Units.Bytes(strip.Length);
        var middle = Units.Bytes(strip.Length / 2.0);
        if (strip.Columns >= 40)
            grid.Write(LabelWidth + (strip.Columns / 2) - (middle.Length / 2), row, middle, Rgb.Quiet);
        if (strip.Columns >= end.Length + 2)
            grid.WriteEndingAt(LabelWidth + strip.Columns, row, end, Rgb.Quiet);
    }
}
