using System.CommandLine;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands.Questions;

/// <summary><c>blaze stat</c>: count, sum, extremes, mean and variance of typed elements.</summary>
internal static class StatCommand
{
    private const string Lesson =
        """
        Examples:
          blaze stat --dtype f8 samples.bin          doubles, little-endian
          blaze stat --dtype '>i4' --json raw.dat    32-bit integers, big-endian
          blaze stat array.npy                       the type is in the file

          DTYPE is u1 u2 u4 u8 (unsigned), i1 i2 i4 i8 (signed), f4 f8 (floating point), with
          > in front for big-endian. NaN is counted and left out of the rest. Sums of integers
          are exact; the variance is that of the population.

          JSON adds dtype, count, nan, sum, min, max, mean, variance; without elements the
          last four are null.


        """ + SourcesArgument.Lesson;

    public static Command Create(CommandServices services)
    {
        var sources = SourcesArgument.Create();
        var type = new Option<string?>("--dtype") { Description = "The type of the elements; a .npy file needs none.", HelpName = "DTYPE" };
        var command = new TaughtCommand("stat", "Count, sum, minimum, maximum, mean and variance of numbers.", Lesson) { sources, type };
        QuestionOptions.AddTo(
            command,
            "STAT",
            services,
            result => result.GetValue(sources) ?? [],
            result => result.GetValue(type) is { } value ? new Dictionary<string, string> { ["dtype"] = value } : [],
            mayBeSeveral: true);
        return command;
    }
}
