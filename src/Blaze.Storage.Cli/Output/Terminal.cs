using System.Text;
using Blaze.Storage.Cli.Pictures;
using Spectre.Console;

namespace Blaze.Storage.Cli.Output;

/// <summary>Where a command writes, and what can be shown there.</summary>
internal sealed class Terminal
{
    // The line below the picture that the cursor stands in.
    private const int CursorLines = 1;
    private readonly bool _unicode;

    /// <summary>Describes a place to write to.</summary>
    /// <param name="results">Where results go, as bytes of UTF-8.</param>
    /// <param name="error">Where progress and failures go.</param>
    /// <param name="console">The terminal that shows pictures, or null where results go to a file or a pipe.</param>
    /// <param name="unicode">Whether the terminal shows more than ASCII.</param>
    public Terminal(Stream results, TextWriter error, IAnsiConsole? console, bool unicode)
    {
        Results = results;
        Error = error;
        Console = console;
        _unicode = unicode;
    }

    /// <summary>Where results go, as bytes of UTF-8.</summary>
    public Stream Results { get; }

    /// <summary>Where progress and failures go.</summary>
    public TextWriter Error { get; }

    /// <summary>The terminal that shows pictures; null where results go to a file or a pipe.</summary>
    public IAnsiConsole? Console { get; }

    /// <summary>Whether pictures can be drawn over; a terminal that cannot move its cursor shows only the last one.</summary>
    public bool IsLive => Console is { Profile.Capabilities: { Ansi: true, Interactive: true } };

    /// <summary>What pictures may use now; the size changes as the user resizes the terminal.</summary>
    public PictureStyle Style => Console is not { } console
        ? new PictureStyle(80, int.MaxValue, Unicode: false, Colour: false)
        : new PictureStyle(
            Math.Max(1, console.Profile.Width),
            IsLive ? Math.Max(4, console.Profile.Height - CursorLines) : int.MaxValue,
            _unicode,
            console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors);

    /// <summary>The terminal or pipes this process was started with.</summary>
    public static Terminal OfProcess()
    {
        var unicode = IsUtf8(Environment.GetEnvironmentVariable) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var console = System.Console.IsOutputRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(System.Console.Out),
            // A build server's variables say nothing about a terminal that is there.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        return new Terminal(new ResultStream(System.Console.OpenStandardOutput()), System.Console.Error, console, unicode);
    }

    /// <summary>A writer of text results; dispose it to have all of it written.</summary>
    public TextWriter OpenText() => new StreamWriter(Results, new UTF8Encoding(false), bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Whether the locale's characters are UTF-8, by the rules of the C library: the first variable that is set decides.</summary>
    public static bool IsUtf8(Func<string, string?> variable)
    {
        foreach (var name in (ReadOnlySpan<string>)["LC_ALL", "LC_CTYPE", "LANG"])
        {
            if (variable(name) is { Length: > 0 } locale)
                return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
