using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary><c>blaze ent</c>: Shannon's entropy of the whole and of each window.</summary>
internal static class EntCommand
{
    private const string Lesson =
        """
        Examples:
          blaze ent disk.img                    where a disk image is empty, text, or encrypted
          blaze ent --window 1Mi --json big     the profile with one number per MiB
          blaze ent --each '*.bin'              every file by itself

          Entropy is in bits per byte, 0 (all bytes equal) to 8 (random). Windows lie at
          multiples of the window from the start of the file, whatever the range.

          JSON adds entropy, window, profile (one number per window).


        """ + SourcesArgument.Lesson;

    public static Command Create(CommandServices services)
    {
        var sources = SourcesArgument.Create();
        var window = new Option<string?>("--window")
        {
            Description = "Bytes per window: a power of two from 1Ki to 256Mi. Default: 64Ki.",
            HelpName = "BYTES",
        };
        window.Validators.Add(CheckWindow);
        var command = new TaughtCommand("ent", "Entropy of the whole and along the file.", Lesson) { sources, window };
        QuestionOptions.AddTo(
            command,
            "ENT",
            services,
            result => result.GetValue(sources) ?? [],
            result => result.GetValue(window) is { } text && ByteCount.TryParse(text, out var bytes, out _)
                ? new Dictionary<string, string> { ["window"] = bytes.ToString(CultureInfo.InvariantCulture) }
                : [],
            mayBeSeveral: true);
        return command;
    }

    private static void CheckWindow(OptionResult result)
    {
        var text = result.GetValueOrDefault<string>() ?? "";
        if (!ByteCount.TryParse(text, out _, out var problem))
            result.AddError($"The window '{text}' {problem}.");
    }
}
