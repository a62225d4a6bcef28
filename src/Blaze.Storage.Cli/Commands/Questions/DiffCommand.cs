using System.CommandLine;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary><c>blaze diff</c>: where two files differ, byte by byte.</summary>
internal static class DiffCommand
{
    private const string Lesson =
        """
        Examples:
          blaze diff old.img new.img                     where two images differ
          blaze diff --range :1Mi --json a b             only the first MiB, as JSON

          Bytes are compared at equal offsets; what one file has past the other's end differs.
          A run is an unbroken stretch of differing bytes; the first 1000 are listed. first and
          last are -1 where nothing differs. The exit code does not tell whether files differ.

          JSON adds differing, runs, first, last, lengths [A, B], ranges [[start, end], ...].
          bytes.total counts offsets, bytes.read what was read of both files.

          A and B are paths, file:// URIs, or globs that match one file.

        """ + SourcesArgument.QuestionLesson;

    public static Command Create(CommandServices services)
    {
        var first = new Argument<string>("A") { Description = "The one file: a path or a file:// URI." };
        var second = new Argument<string>("B") { Description = "The other file." };
        var command = new TaughtCommand("diff", "Bytes at which two files differ.", Lesson) { first, second };
        QuestionOptions.AddTo(
            command,
            "DIFF",
            services,
            result => [result.GetValue(first) ?? "", result.GetValue(second) ?? ""],
            _ => new Dictionary<string, string>(),
            mayBeSeveral: false);
        return command;
    }
}
