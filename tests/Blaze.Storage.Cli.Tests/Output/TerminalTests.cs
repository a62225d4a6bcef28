using Blaze.Storage.Cli.Output;
using Blaze.Storage.Cli.Pictures;
using Blaze.Storage.Client.Pictures;
using Spectre.Console;

namespace Blaze.Storage.Cli.Tests.Output;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("LANG=en_GB.UTF-8", true)]
    [InlineData("LANG=C.utf8", true)]
    [InlineData("LANG=C", false)]
    [InlineData("LANG=de_DE.ISO-8859-1", false)]
    [InlineData("LANG=en_GB.UTF-8 LC_ALL=C", false)]
    [InlineData("LANG=C LC_CTYPE=C.UTF-8", true)]
    [InlineData("LC_ALL= LANG=C.UTF-8", true)]
    public void IsUtf8_Locale_FirstVariableSetDecides(string variables, bool expected)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(expected, Terminal.IsUtf8(name => set.GetValueOrDefault(name)));
    }

    [Fact]
    public void Style_Pipe_IsPlain() =>
        Assert.Equal(new PictureStyle(80, int.MaxValue, false, false), new Terminal(Stream.Null, TextWriter.Null, null, unicode: true).Style);

    [Theory]
    [InlineData(ColorSystemSupport.NoColors, AnsiSupport.Yes, false, 23)]
    [InlineData(ColorSystemSupport.TrueColor, AnsiSupport.Yes, true, 23)]
    [InlineData(ColorSystemSupport.NoColors, AnsiSupport.No, false, int.MaxValue)]
    public void Style_Terminal_IsWhatItShows(ColorSystemSupport colours, AnsiSupport ansi, bool colour, int height)
    {
        using var screen = new StringWriter();
        var terminal = new Terminal(Stream.Null, TextWriter.Null, Console(screen, colours, ansi), unicode: true);
        Assert.Equal(ansi == AnsiSupport.Yes, terminal.IsLive);
        Assert.Equal(new PictureStyle(70, height, true, colour), terminal.Style);
    }

    [Theory]
    [InlineData(ColorSystemSupport.NoColors, "\e[38;2;", false)]
    [InlineData(ColorSystemSupport.NoColors, "\e[3", false)]
    [InlineData(ColorSystemSupport.EightBit, "\e[38;5;", true)]
    [InlineData(ColorSystemSupport.TrueColor, "\e[38;2;235;150;70m", true)]
    public void Render_Colours_AreThoseOfTheTerminal(ColorSystemSupport colours, string code, bool expected)
    {
        using var screen = new StringWriter();
        var picture = new Picture([[new PictureRun("##", new Rgb(235, 150, 70), null)]]);
        Console(screen, colours, AnsiSupport.Yes).Write(new PictureView(picture));
        Assert.Equal(expected, screen.ToString().Contains(code, StringComparison.Ordinal));
        Assert.Contains("##", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ControlCharacters_CannotMoveTheCursor()
    {
        using var output = new StringWriter { NewLine = "\n" };
        TextTable.Write(output, ["A", "B"], [["x\e[2J\n", "1"], ["y", "22"]]);
        Assert.Equal("A       B\nx?[2J?  1\ny       22\n", output.ToString());
    }

    private static IAnsiConsole Console(StringWriter screen, ColorSystemSupport colours, AnsiSupport ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = colours,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = 70;
        console.Profile.Height = 24;
        return console;
    }
}
