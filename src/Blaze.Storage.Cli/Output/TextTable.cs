namespace Blaze.Storage.Cli.Output;

/// <summary>Rows in aligned columns, two blanks between them. Control characters in cells become question marks.</summary>
internal static class TextTable
{
    /// <summary>Writes the heading and the rows; the last column may be as long as it likes.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heading).Select(row => row.Select(Printable).ToArray()).ToArray();
        var widths = Enumerable.Range(0, heading.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
