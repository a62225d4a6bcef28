using System.CommandLine;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary><c>blaze hist</c>: how often each byte, or each pair of bytes, occurs.</summary>
internal static class HistCommand
{
    private const string Lesson =
        """
        Examples:
          blaze hist disk.img                     how often each byte value occurs
          blaze hist --n 2 --json book.txt        pairs: 65536 counts, index first*256+second
          blaze hist --range 1Gi:2Gi disk.img     only the second gibibyte
          blaze hist --each --json '/logs/*.gz'   one line of JSON per file

          JSON adds n, counts (256 or 65536 integers), entropy (bits per byte or pair).


        """ + SourcesArgument.Lesson;

    public static Command Create(CommandServices services)
    {
        var sources = SourcesArgument.Create();
        var n = new Option<string?>("--n") { Description = "Count single bytes (1) or pairs of neighbouring bytes (2). Default: 1.", HelpName = "1|2" };
        var command = new TaughtCommand("hist", "Histogram of bytes or of pairs of bytes.", Lesson) { sources, n };
        QuestionOptions.AddTo(
            command,
            "HIST",
            services,
            result => result.GetValue(sources) ?? [],
            result => result.GetValue(n) is { } value ? new Dictionary<string, string> { ["n"] = value } : [],
            mayBeSeveral: true);
        return command;
    }
}
