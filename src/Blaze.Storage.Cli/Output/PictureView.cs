using Blaze.Storage.Cli.Pictures;
using Blaze.Storage.Client.Pictures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Blaze.Storage.Cli.Output;

/// <summary>Shows a picture through the terminal library, which brings its colours down to those the terminal has.</summary>
internal sealed class PictureView(Picture picture) : Renderable
{
    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in picture.Lines)
        {
            foreach (var run in line)
                yield return new Segment(run.Text, new Style(ColourOf(run.Foreground), ColourOf(run.Background)));
            yield return Segment.LineBreak;
        }
    }

    private static Color? ColourOf(Rgb? colour) => colour is { } rgb ? new Color(rgb.Red, rgb.Green, rgb.Blue) : null;
}
