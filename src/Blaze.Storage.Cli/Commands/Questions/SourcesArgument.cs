using System.CommandLine;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary>The sources of a question that takes any number of them.</summary>
internal static class SourcesArgument
{
    /// <summary>What help says about sources, ranges, the answer and where a question is answered.</summary>
    public const string Lesson =
        """
          SOURCE is a path, a file:// URI, a directory (all files below it) or a quoted glob
          such as '/data/**/*.bin'. Several are one question; --each makes each file one.

        """ + QuestionLesson;

    /// <summary>What help says about the ranges, the answer and the center of any question.</summary>
    public const string QuestionLesson =
        """
          START:END are byte offsets in each file, END exclusive: 0:64Ki, 1.5Gi:, :4096.
          Ki, Mi, Gi and Ti are powers of 1024.

        JSON:
          job, op, sources, start, end, exact, blocks, bytes, seconds, then the answer.
          bytes.read is what was really read from the sources: 0 if all was in the cache.
          NaN is null; infinities are the strings "Infinity" and "-Infinity".

        The answer comes from the center named by --center or BLAZE_CENTER, else from the
        cluster `blaze up` started, else from one started for this command alone.

        """;

    /// <summary>A new argument of one source or more.</summary>
    public static Argument<string[]> Create() => new("SOURCE")
    {
        Description = "Files, directories, globs or URIs.",
        Arity = ArgumentArity.OneOrMore,
    };
}
