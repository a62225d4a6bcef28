using System.Text;
using Blaze.Storage.Client.Pictures;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>A drawing board of character cells. What falls outside it is not drawn.</summary>
internal sealed class CellGrid
{
    private readonly Cell[] _cells;
    private readonly int _width;

    public CellGrid(int width, int height)
    {
        _width = width;
        Height = height;
        _cells = new Cell[width * height];
        Array.Fill(_cells, new Cell(' ', null, null));
    }

    public int Height { get; }

    /// <summary>Draws one character.</summary>
    public void Put(int column, int row, char character, Rgb? foreground = null, Rgb? background = null)
    {
        if ((uint)column < (uint)_width && (uint)row < (uint)Height)
            _cells[(row * _width) + column] = new Cell(character, foreground, background);
    }

    /// <summary>Writes a text from a column on.</summary>
    public void Write(int column, int row, string text, Rgb? foreground = null)
    {
        for (var i = 0; i < text.Length; i++)
            Put(column + i, row, text[i], foreground);
    }

    /// <summary>Writes a text that ends before a column.</summary>
    public void WriteEndingAt(int end, int row, string text, Rgb? foreground = null) => Write(end - text.Length, row, text, foreground);

    /// <summary>The drawing, blanks at the ends of lines left out.</summary>
    public Picture ToPicture()
    {
        var lines = new IReadOnlyList<PictureRun>[Height];
        for (var row = 0; row < Height; row++)
            lines[row] = RunsOf(_cells.AsSpan(row * _width, _width));
        return new Picture(lines);
    }

    private static List<PictureRun> RunsOf(ReadOnlySpan<Cell> cells)
    {
        var end = cells.Length;
        while (end > 0 && cells[end - 1] is { Character: ' ', Background: null })
            end--;
        var runs = new List<PictureRun>();
        var text = new StringBuilder();
        for (var i = 0; i < end; i++)
        {
            text.Append(cells[i].Character);
            if (i + 1 < end && cells[i + 1].LooksLike(cells[i]))
                continue;
            runs.Add(new PictureRun(text.ToString(), cells[i].Foreground, cells[i].Background));
            text.Clear();
        }

        return runs;
    }

    private readonly record struct Cell(char Character, Rgb? Foreground, Rgb? Background)
    {
        public bool LooksLike(Cell other) => Foreground == other.Foreground && Background == other.Background;
    }
}
