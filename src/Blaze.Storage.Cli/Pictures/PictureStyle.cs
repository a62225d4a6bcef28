namespace Blaze.Storage.Cli.Pictures;

/// <summary>What a picture may use.</summary>
/// <param name="Width">Columns, at least 1. Pictures read well from 40 on and never write beyond.</param>
/// <param name="Height">The most lines a picture should take, at least 1.</param>
/// <param name="Unicode">Whether block characters may be used; otherwise ASCII only.</param>
/// <param name="Colour">Whether colours are shown; where not, density is told by characters.</param>
internal sealed record PictureStyle(int Width, int Height, bool Unicode, bool Colour)
{
    /// <summary>The columns left for a plot beside labels of <paramref name="labels"/> columns.</summary>
    public int PlotWidth(int labels) => Math.Max(1, Width - labels);
}
