using Blaze.Storage.Client.Pictures;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>Upright bars in character cells: eighths of a cell with block characters, whole and half cells in ASCII.</summary>
internal static class Bars
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>Draws one bar.</summary>
    /// <param name="grid">Where to draw.</param>
    /// <param name="column">Its column.</param>
    /// <param name="bottom">The row it stands on.</param>
    /// <param name="rows">The rows of a full bar.</param>
    /// <param name="height">Its height, 0 … 1. More than nothing is always seen.</param>
    /// <param name="style">What may be used.</param>
    /// <param name="colour">Its colour.</param>
    public static void Draw(CellGrid grid, int column, int bottom, int rows, double height, PictureStyle style, Rgb? colour)
    {
        if (double.IsNaN(height) || height <= 0)
            return;
        var steps = style.Unicode ? 8 : 2;
        var filled = Math.Max(1, (int)Math.Round(Math.Min(height, 1) * rows * steps));
        for (var row = 0; row < rows && filled > 0; row++, filled -= steps)
            grid.Put(column, bottom - row, Part(Math.Min(filled, steps), style.Unicode), colour);
    }

    private static char Part(int steps, bool unicode) => unicode ? Eighths[steps] : steps == 1 ? '.' : '#';
}
