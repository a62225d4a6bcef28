using Blaze.Storage.Client.Pictures;

namespace Blaze.Storage.Cli.Pictures;

/// <summary>Characters of one look.</summary>
internal readonly record struct PictureRun(string Text, Rgb? Foreground, Rgb? Background);

/// <summary>Lines of text with colours: a drawing that needs no terminal to be made or compared.</summary>
/// <param name="Lines">The lines from the top; each is its runs from the left.</param>
internal sealed record Picture(IReadOnlyList<IReadOnlyList<PictureRun>> Lines)
{
    /// <summary>A picture without a line.</summary>
    public static Picture Nothing { get; } = new([]);

    /// <summary>Plain lines without colours.</summary>
    public static Picture OfText(params IEnumerable<string> lines) =>
        new([.. lines.Select(line => (IReadOnlyList<PictureRun>)[new PictureRun(line, null, null)])]);

    /// <summary>This picture with another one below it.</summary>
    public Picture Above(Picture other) => new([.. Lines, .. other.Lines]);

    /// <summary>The characters alone, a line each.</summary>
    public string ToText() => string.Join('\n', Lines.Select(line => string.Concat(line.Select(run => run.Text)).TrimEnd()));
}
